import { strict as assert } from 'node:assert';

/** One event of a calendar file, its properties as they stand there: name to value. */
export type IcsEvent = ReadonlyMap<string, string>;

/** The events of a file, read by the letter of the RFC: lines unfolded, nothing unescaped. */
export function eventsOf(text: string): readonly IcsEvent[] {
  const lines = text
    .replaceAll(/\r\n[ \t]/g, '')
    .replace(/\r\n$/, '')
    .split('\r\n');
  const events: Map<string, string>[] = [];
  let event: Map<string, string> | undefined;
  for (const line of lines) {
    const colon = line.indexOf(':');
    assert(colon > 0, `a line has a name and a value: ${line}`);
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1)];
    if (line === 'BEGIN:VEVENT') event = new Map();
    else if (line === 'END:VEVENT') events.push(event ?? assert.fail('an end without a beginning'));
    else event?.set(name, value);
  }
  return events;
}

/** A text value as it was meant (RFC 5545, 3.3.11). */
export function textOf(value: string | undefined): string {
  return (value ?? '').replaceAll(/\\(.)/g, (_, escaped: string) =>
    escaped.toLowerCase() === 'n' ? '\n' : escaped,
  );
}
