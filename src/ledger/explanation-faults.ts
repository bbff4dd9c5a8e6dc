import { NotADate, parseEffectiveDate } from './effective-date.ts';
import type { Explaining, Explanation, Line } from './kinds.ts';
import { quantities } from './line-faults.ts';
import type { Fault } from './refusals.ts';

/** An explanation is of one difference or of one shipment, and in at most one way. */
export function explanationFaults(body: Explanation): Fault[] {
  const { difference, shipment, account, against, lines } = body;
  const faults: Fault[] = [];
  const say = (pointer: string, detail: string) => faults.push({ pointer, detail });
  if ((difference === undefined) === (shipment === undefined)) {
    say('/difference', 'say which difference, or which shipment, is explained: one of them');
  }
  if (account !== undefined && against !== undefined) {
    say('/against', 'explains it by another difference, `account` by an account: say one of them');
  }
  if (shipment !== undefined && (account ?? against) !== undefined) {
    const field = account === undefined ? 'against' : 'account';
    say(`/${field}`, 'a shipment is explained in words: no account of this book changes by it');
  }
  if (lines === undefined) return faults;
  if (shipment !== undefined) say('/lines', 'a shipment is explained as a whole: leave them out');
  if (lines.length > 1)
    say('/lines/1', 'a difference is of one holding: one line, or none for all');
  return [...faults, ...quantities(lines, 1)];
}

/** What `explains` asks of an entry that is the truth behind a shortage. */
export function explainsFaults(
  body: Explaining & { readonly effectiveDate: string; readonly lines: readonly Line[] },
): Fault[] {
  const { explains, happenedOn, lines } = body;
  const faults: Fault[] = [];
  if (explains !== undefined && lines.length > 1) {
    faults.push({ pointer: '/lines/1', detail: 'a shortage is of one holding: one line' });
  }
  if (happenedOn === undefined) return faults;
  if (explains === undefined) {
    const detail = 'is for an entry that explains a shortage; else date the entry itself';
    faults.push({ pointer: '/happenedOn', detail });
  }
  try {
    parseEffectiveDate(happenedOn);
  } catch (error) {
    if (!(error instanceof NotADate)) throw error;
    faults.push({ pointer: '/happenedOn', detail: error.message });
  }
  return faults;
}
