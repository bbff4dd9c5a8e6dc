import { StoreRefused } from '../event-store/errors.ts';
import type { StoredEvent } from '../event-store/event-store.ts';
import type { Report } from './report.ts';
import type { CoverLine } from './cover.ts';

/** The stream of what authorities write into reports, and of the reports that they filed. */
export const reportsStream = 'reports';

interface Written {
  readonly id: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly state: string;
  readonly year: string;
}

/** A part of a report in words, from this year's report on until it is written again. */
export interface TextWritten extends Written {
  readonly type: 'report-text-v1';
  readonly part: string;
  /** Null: nothing is to be said under this heading. */
  readonly text: string | null;
}

/** A report as it was filed: everything in it, for ever. */
export interface ReportFiled extends Written {
  readonly type: 'report-filed-v1';
  /** From 1 for each State and year. */
  readonly n: number;
  readonly submittedOn: string;
  readonly amends: number | null;
  readonly acknowledged: readonly string[];
  readonly coverOnly: boolean;
  readonly cover: readonly CoverLine[];
  readonly report: Report;
}

export type ReportEvent = TextWritten | ReportFiled;

/** A filing without the report itself, which is read from the log when it is asked for. */
export interface Filing extends Omit<ReportFiled, 'report'> {
  readonly position: bigint;
  readonly revision: number;
  readonly period: Report['period'];
  readonly kind: Report['kind'];
  /** The position as of which its figures are. */
  readonly known: string;
}

/** A text with its place in the log. */
export interface KnownText extends TextWritten {
  readonly position: bigint;
}

/** Texts and filings of all States, folded from their stream. */
export class ReportBook {
  readonly #texts = new Map<string, KnownText[]>();
  readonly #filings = new Map<string, Filing[]>();
  readonly #byId = new Map<string, ReportEvent | Filing>();

  /** @throws StoreRefused for an event of a type that is not known here */
  take(event: ReportEvent, { position, revision }: StoredEvent): void {
    if (event.type === 'report-text-v1') {
      const text = { ...event, position };
      add(this.#texts, event.state, text);
      this.#byId.set(event.id, text);
      return;
    }
    if (event.type !== 'report-filed-v1') {
      throw new StoreRefused(`no report is written as "${String((event as ReportEvent).type)}"`);
    }
    const { report, ...rest } = event;
    const { period, kind } = report;
    const filing = { ...rest, position, revision, period, kind, known: report.known.position };
    add(this.#filings, event.state, filing);
    this.#byId.set(event.id, filing);
  }

  recordedAs(id: string): ReportEvent | Filing | undefined {
    return this.#byId.get(id);
  }

  filings(state: string, known: bigint): readonly Filing[] {
    return (this.#filings.get(state) ?? []).filter(({ position }) => position <= known);
  }

  /** The text of a part as it stands for a year's report, as known at a position. */
  text(state: string, part: string, year: string, known: bigint): KnownText | undefined {
    return (this.#texts.get(state) ?? []).findLast(
      (text) => text.part === part && text.year <= year && text.position <= known,
    );
  }

  texts(state: string, known: bigint): readonly KnownText[] {
    return (this.#texts.get(state) ?? []).filter(({ position }) => position <= known);
  }
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key) ?? [];
  values.push(value);
  map.set(key, values);
}
