import { given } from './calendar.ts';
import type { StandingFacts } from './fact-book.ts';
import { meetingOf } from './meetings.ts';
import type { FactRefusal } from './refusals.ts';

/**
 * A meeting that a fact names must be recorded, and have been held when it is said to have acted.
 *
 * @param acted the field that says when, and what it says
 */
export function meetingRefusals(
  named: string | undefined,
  acted: Readonly<{ [field: string]: string | undefined }>,
  common: StandingFacts,
): readonly FactRefusal[] {
  if (named === undefined) return [];
  const meeting = meetingOf(common, named);
  if (meeting === undefined) {
    const detail = `There is no meeting "${named}"; record it first with POST /v1/meetings`;
    return [{ pointer: '/meeting', code: 'unknown-meeting', detail }];
  }
  const held = given(meeting.body.dates);
  return Object.entries(acted).flatMap(([field, text]): FactRefusal[] => {
    const day = given(text);
    if (day === undefined || held === undefined) return [];
    if (day.last >= held.first && day.first <= held.last) return [];
    const { name, dates } = meeting.body;
    const detail = `${day.text} is not in ${dates}, when ${name} was held`;
    return [{ pointer: `/${field}`, code: 'not-of-the-meeting', detail, facts: [meeting.id] }];
  });
}
