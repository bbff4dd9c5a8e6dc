import { stateName } from '../../treaty/iso-3166.ts';
import type { Accounts, Known, Page } from '../answers.ts';
import type { Io } from '../io.ts';
import { quantity, table } from '../table.ts';

/** A State for people: its name and its code. */
export function stateTitle(code: string): string {
  const name = stateName(code);
  return name === undefined ? code : `${name} (${code})`;
}

/** The moment and the state of knowledge that a figure is of. */
export function asOf(effective: string, known: Known): string {
  return `at the end of ${effective}, ${asKnown(known)}`;
}

/** The state of knowledge alone. */
export function asKnown({ at, position }: Known): string {
  if (at === null) return 'before anything was recorded';
  return `as known at position ${position} (${at})`;
}

export function printJson(io: Io, value: unknown): void {
  io.out(JSON.stringify(value, null, 2));
}

/** What an account holds, one a row. */
export function accountTable(accounts: Accounts): string {
  return table([{ head: 'account' }, { head: 'quantity', number: true }], Object.entries(accounts));
}

/** A figure with a mark when a quantity in it is not exact. */
export function figure(value: number, exact: boolean | undefined): string {
  return exact === false ? `about ${quantity(value)}` : quantity(value);
}

/** Says on the error side when a list was cut short. */
export function noteMore(io: Io, page: Page<unknown>): void {
  if (page.next === null) return;
  io.err(`There are more than these ${quantity(page.items.length)}; raise --limit to see them.`);
}

/** A path under a State. */
export function under(state: string, path: string): string {
  return `/v1/states/${encodeURIComponent(state)}/${path}`;
}
