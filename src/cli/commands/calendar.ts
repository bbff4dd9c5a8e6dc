import type { Command } from 'commander';
import { Client } from '../client.ts';
import type { Io } from '../io.ts';
import { wholeNumber, withDay, withExample, type DayOptions } from './options.ts';

/** `calendar`: deadlines and meetings as a file that calendar programs take. */
export function addCalendar(program: Command, io: Io): void {
  const command = program
    .command('calendar [State]')
    .description('deadlines and meetings as an iCalendar file, of one State or of all together')
    .option('--days <n>', 'so many days ahead (default: 730)', wholeNumber);
  withExample(
    withDay(command),
    'calendar AGO > angola.ics',
    'calendar --days 365 > convention.ics',
  ).action(
    async (state: string | undefined, { on, known, days }: DayOptions & { days?: number }) => {
      const query = { state, on, known, days };
      const file = await Client.of(io).text('/v1/calendar.ics', query);
      // Printing adds the last line feed again.
      io.out(file.replace(/\n$/, ''));
    },
  );
}
