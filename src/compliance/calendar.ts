import { ICalCalendar, ICalCalendarMethod } from 'ical-generator';
import type { Day } from '../ledger/effective-date.ts';
import { daysAfter, given } from '../treaty/calendar.ts';
import type { Fact } from '../treaty/facts.ts';

/** A day in a calendar, or several in a row. */
export interface CalendarDay {
  /** The same for the same occasion whenever the calendar is made: programs recognise it by this. */
  readonly uid: string;
  readonly first: Day;
  readonly last: Day;
  readonly summary: string;
  readonly description: string;
  readonly place?: string;
}

/**
 * Days as an iCalendar file (RFC 5545): all-day events, so that no time zone moves them. The same
 * days give the same bytes.
 *
 * @param stamp the instant of the log that it shows (milliseconds): when the days were last known
 */
export function calendarFile(name: string, days: readonly CalendarDay[], stamp: number): string {
  const calendar = new ICalCalendar({
    name,
    prodId: { company: 'Stockpile Ledger', product: 'treaty clock', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const { uid, first, last, summary, description, place } of days) {
    calendar.createEvent({
      id: uid,
      start: new Date(first),
      // The end of an all-day event is the first day that it no longer is.
      end: new Date(daysAfter(last, 1)),
      allDay: true,
      stamp: new Date(stamp),
      summary,
      description,
      ...(place !== undefined && { location: place }),
    });
  }
  // Every line of the file ends, the last one too (RFC 5545, 3.1); the library leaves that out.
  return `${calendar.toString()}\r\n`;
}

/** Meetings whose days are known; a meeting of which only the year is known is no day. */
export function meetingDays(meetings: readonly Fact<'meeting'>[]): readonly CalendarDay[] {
  return meetings.flatMap(({ id, body }): CalendarDay[] => {
    const held = given(body.dates);
    if (held === undefined || !/^\d{4}-\d{2}-\d{2}(\/\d{4}-\d{2}-\d{2})?$/.test(held.text))
      return [];
    return [
      {
        uid: `meeting-${id}@stockpile-ledger`,
        first: held.first,
        last: held.last,
        summary: body.name,
        description: [
          body.title,
          body.source && `Source: ${body.source}`,
          body.basis === 'to be checked' && 'The days are to be checked',
        ]
          .filter(Boolean)
          .join('\n'),
        ...(body.place !== undefined && { place: body.place }),
      },
    ];
  });
}
