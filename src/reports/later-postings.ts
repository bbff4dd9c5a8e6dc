import type { ExplanationItem } from '../journal/explanation.ts';
import type { Journal } from '../journal/journal.ts';
import type { Account, Figure } from '../ledger/accounts.ts';
import { limits } from '../limits.ts';
import type { LaterPostings } from './restatement.ts';

/**
 * Reads the postings behind a quantity from the journal: those of the explanation that stands beside
 * it, as known at a position, that came into the log after another.
 */
export function laterPostingsOf(journal: Journal, state: string, known: bigint): LaterPostings {
  return (explanation, after) => {
    const { pathname, searchParams } = new URL(explanation, 'http://ledger');
    if (!pathname.endsWith('/explanation')) return entryOf(journal, state, pathname, known, after);
    const filter: Record<string, string | null> = {};
    for (const name of ['munition', 'lot', 'institution']) {
      const value = searchParams.get(name);
      if (value !== null) filter[name] = value === '' ? null : value;
    }
    const figure = (searchParams.get('figure') ?? 'remaining') as Figure | Account;
    const at = { effective: searchParams.get('effective') ?? '', known };
    const from = searchParams.get('from') ?? undefined;
    const items: ExplanationItem[] = [];
    let cursor: string | undefined;
    do {
      const page = { limit: limits.pageMax, ...(cursor !== undefined && { cursor }) };
      const found = journal.explanations.page(
        journal.stateId(state),
        figure,
        at,
        filter,
        page,
        from,
      );
      items.push(...found.items.filter(({ position }) => BigInt(position) > after));
      cursor = found.next ?? undefined;
    } while (cursor !== undefined);
    return items;
  };
}

/** A line that is one entry's is there, or not, by that entry or by what reversed it. */
function entryOf(
  journal: Journal,
  state: string,
  pathname: string,
  known: bigint,
  after: bigint,
): readonly ExplanationItem[] {
  const id = pathname.split('/').at(-1) ?? '';
  const stateId = journal.stateId(state);
  const found = journal.entries.one(stateId, id, known);
  const reversal = found?.reversedBy ?? null;
  const later = reversal === null ? found : journal.entries.one(stateId, reversal, known);
  if (found === undefined || later === undefined || BigInt(later.position) <= after) return [];
  const sign = later === found ? 1 : -1;
  return found.entry.postings
    .filter(({ quantity }) => quantity > 0)
    .map(({ account, munition, lot, site, institution, shipment, quantity }) => ({
      entry: later.entry.id,
      position: later.position,
      effectiveDate: later.entry.effective.text,
      kind: later.entry.kind,
      actor: later.entry.actor,
      account,
      munition,
      lot,
      site,
      institution,
      shipment,
      quantity: sign * quantity,
      runningTotal: 0,
      reversedBy: null,
    }));
}
