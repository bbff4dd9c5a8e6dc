import type { Journal, Moment } from '../journal/journal.ts';
import type { Difference } from '../journal/differences.ts';
import { rulesVersion } from '../ledger/posting-rules.ts';
import { journalStock } from '../compliance/journal-stock.ts';
import { mineBan } from '../treaty/mine-ban.ts';
import type { Compliance } from '../treaty/obligations.ts';
import { stateName } from '../treaty/iso-3166.ts';
import { characteristicsOf, type Catalogue } from './characteristics.ts';
import { findingsOf } from './checks.ts';
import { forms, type FormDefinition } from './forms.ts';
import type { Period } from './period.ts';
import type { Form, Narrative, Report, Table } from './report.ts';
import { ReportSource } from './source.ts';
import { tableOf } from './tables.ts';
import type { ReportBook } from './report-book.ts';

/** The version of the report's JSON; its schema is published under this name. */
export const reportSchema = 'urn:stockpile-ledger:article-7-report:1';

/** What a report is made of. */
export interface Ingredients {
  readonly journal: Journal;
  readonly texts: ReportBook;
  readonly catalogue: Catalogue;
  /** What the State owes at the end of the period, as known at the position. */
  readonly compliance: Compliance;
  readonly today: string;
}

/** What is asked for. */
export interface AskedReport {
  readonly state: string;
  readonly year: string;
  readonly period: Period;
  readonly known: Moment;
  /** Whether a report of this State was filed before. */
  readonly isFirst: boolean;
}

/** Computes a report: every quantity a query over accounts, every query beside its quantity. */
export function makeReport(asked: AskedReport, from: Ingredients): Report {
  const { state, year, period, known } = asked;
  const membership = from.compliance.current?.membership;
  const obligations = from.compliance.current?.obligations ?? [];
  const finds = new Set(obligations.flatMap(({ entry }) => (entry === undefined ? [] : [entry])));
  const entryIntoForce = membership?.entryIntoForce.day;
  const source = new ReportSource(from.journal, state, period, known.position, {
    entryIntoForce,
    finds,
  });
  const made = forms.map((form) => formOf(form, source, asked, from));
  const owed =
    obligations.find((o) => o.period === year) ?? obligations.find((o) => o.article === '7.1');
  return {
    schema: reportSchema,
    convention: mineBan.name,
    state,
    name: stateName(state) ?? state,
    kind: membership === undefined ? 'voluntary' : asked.isFirst ? 'initial' : 'annual',
    year,
    period: { text: period.text, from: period.first, to: period.last },
    known: { position: known.position.toString(), at: known.at },
    rules: rulesVersion,
    entryIntoForce: entryIntoForce ?? null,
    due: owed?.due.day ?? null,
    contact: narrative('contact', asked, from.texts),
    remarks: narrative('remarks', asked, from.texts),
    forms: made,
    findings: findingsOf({
      source,
      forms: made,
      differences: allDifferences(source),
      retained: journalStock(from.journal, state, known.position).retained(period.last),
      today: from.today,
    }),
  };
}

function formOf(
  { form, article, tables }: FormDefinition,
  source: ReportSource,
  asked: AskedReport,
  from: Ingredients,
): Form {
  const made = tables.filter(({ lines }) => lines.kind !== 'text');
  return {
    form,
    article,
    tables: made.map((table): Table => {
      if (table.lines.kind !== 'characteristics') return tableOf(table, source);
      return { id: table.id, lines: characteristicsOf(source, from.catalogue), total: null };
    }),
    texts: tables
      .filter(({ lines }) => lines.kind === 'text')
      .map(({ id }) => narrative(id, asked, from.texts)),
  };
}

function narrative(id: string, { state, year, known }: AskedReport, book: ReportBook): Narrative {
  const found = book.text(state, id, year, known.position);
  return {
    id,
    text: found?.text ?? null,
    since: found?.year ?? null,
    carriedOver: found !== undefined && found.year < year,
  };
}

function allDifferences({ journal, stateId, at }: ReportSource): readonly Difference[] {
  const all: Difference[] = [];
  let cursor: string | undefined;
  do {
    const page = { limit: 1_000, ...(cursor !== undefined && { cursor }) };
    const { items, next } = journal.differences.page(stateId, at, page);
    all.push(...items);
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return all;
}
