import type { Check } from './judging.ts';
import type { Explaining, Explanation, Line } from './kinds.ts';
import { quantities } from './line-faults.ts';
import type { Fault } from './refusals.ts';

/** An explanation is of one difference or of one shipment, and in at most one way. */
export const explanationFaults: readonly Check<Explanation>[] = [
  ({ difference, shipment }) =>
    (difference === undefined) === (shipment === undefined)
      ? say('/difference', 'say which difference, or which shipment, is explained: one of them')
      : [],
  ({ account, against }) =>
    account !== undefined && against !== undefined
      ? say(
          '/against',
          'explains it by another difference, `account` by an account: say one of them',
        )
      : [],
  ({ shipment, account, against }) => {
    if (shipment === undefined || (account ?? against) === undefined) return [];
    const field = account === undefined ? 'against' : 'account';
    return say(
      `/${field}`,
      'a shipment is explained in words: no account of this book changes by it',
    );
  },
  ({ shipment, lines }) =>
    shipment !== undefined && lines !== undefined
      ? say('/lines', 'a shipment is explained as a whole: leave them out')
      : [],
  ({ lines = [] }) =>
    lines.length > 1
      ? say('/lines/1', 'a difference is of one holding: one line, or none for all')
      : [],
  quantities(1),
];

/** What `explains` asks of an entry that is the truth behind a shortage. */
export const explainsFaults: readonly Check<Explaining & { readonly lines: readonly Line[] }>[] = [
  ({ explains, lines }) =>
    explains !== undefined && lines.length > 1
      ? say('/lines/1', 'a shortage is of one holding: one line')
      : [],
  ({ happenedOn, explains }) =>
    happenedOn !== undefined && explains === undefined
      ? say('/happenedOn', 'is for an entry that explains a shortage; else date the entry itself')
      : [],
];

function say(pointer: string, detail: string): Fault[] {
  return [{ pointer, detail }];
}
