import type { Flow, FlowGrouping } from '../journal/flows.ts';
import type { TwoTimes } from '../journal/asked.ts';
import type { Journal } from '../journal/journal.ts';
import type { Account } from '../ledger/accounts.ts';
import type { Day } from '../ledger/effective-date.ts';
import type { RecordedEntry } from '../ledger/entry.ts';
import type { Kind } from '../ledger/kinds.ts';
import type { Period } from './period.ts';

/** What the journal says of one State over one period, as known at one position. */
export class ReportSource {
  readonly state: string;
  readonly period: Period;
  readonly at: TwoTimes;
  /** In force for the State from this day on; undefined for one that is not bound. */
  readonly entryIntoForce: Day | undefined;
  /** Entries by which stock was found as a case of its own. */
  readonly finds: ReadonlySet<string>;
  readonly journal: Journal;

  constructor(
    journal: Journal,
    state: string,
    period: Period,
    known: bigint,
    treaty: { readonly entryIntoForce: Day | undefined; readonly finds: ReadonlySet<string> },
  ) {
    this.journal = journal;
    this.state = state;
    this.period = period;
    this.at = { effective: period.last, known };
    this.entryIntoForce = treaty.entryIntoForce;
    this.finds = treaty.finds;
  }

  get stateId(): number {
    return this.journal.stateId(this.state);
  }

  /** The first day of the period on which the convention was in force: 7.1 g counts from there. */
  get inForceFrom(): Day {
    const { first } = this.period;
    return this.entryIntoForce !== undefined && this.entryIntoForce > first
      ? this.entryIntoForce
      : first;
  }

  flows(
    figure: 'remaining' | 'retained' | Account,
    by: readonly FlowGrouping[],
    from: Day,
  ): readonly Flow[] {
    return this.journal.flows.of(this.stateId, figure, by, from, this.at);
  }

  /** Standing entries of the period, of these kinds. */
  entries<K extends Kind>(...kinds: K[]): readonly Extract<RecordedEntry, { kind: K }>[] {
    const { first } = this.period;
    const found = this.journal.entries.standing(this.stateId, kinds, first, this.at);
    return found as unknown as readonly Extract<RecordedEntry, { kind: K }>[];
  }

  /** Where the postings behind a quantity can be read; they add up to it. */
  explanation(figure: string, filter: Filter, from?: Day): string {
    const query = new URLSearchParams({ figure });
    if (from !== undefined) query.set('from', from);
    query.set('effective', this.at.effective);
    query.set('known', this.at.known.toString());
    for (const [name, value] of Object.entries<string | null | undefined>({ ...filter })) {
      if (value !== undefined) query.set(name, value ?? '');
    }
    return `/v1/states/${this.state}/remaining/explanation?${query.toString()}`;
  }

  entryLink(entry: string): string {
    return `/v1/states/${this.state}/entries/${entry}?known=${this.at.known}`;
  }
}

/** Parts of a holding; null for "not recorded", left out for any. */
interface Filter {
  readonly munition?: string;
  readonly lot?: string | null;
  readonly institution?: string | null;
}
