import type { CoverLine } from '../cover.ts';
import type { FormLetter } from '../forms.ts';
import type { Form, Narrative, Report, Table } from '../report.ts';
import type { Block, Document } from './document.ts';
import { tableBlock } from './table-blocks.ts';
import { filled, type Texts } from './texts.ts';

/** The two ways in which States lay their reports out. */
export const layouts = ['forms', 'guide'] as const;
export type Layout = (typeof layouts)[number];

/** What is laid out: a report, its cover page, and the day of its submission if it was filed. */
export interface Sheets {
  readonly report: Report;
  readonly cover: readonly CoverLine[];
  readonly submittedOn: string | null;
  readonly coverOnly: boolean;
}

/** Sections of the Guide to Reporting, and the forms that stand in each. */
const guideSections: readonly (readonly [keyof Texts['guide'], readonly FormLetter[]])[] = [
  ['A', ['A']],
  ['B', ['B', 'F', 'G']],
  ['C', ['D']],
  ['D', ['C', 'I']],
  ['E', ['H']],
  ['F', ['E']],
  ['G', ['J']],
];

/** Lays a report out. */
export function laidOut(sheets: Sheets, layout: Layout, texts: Texts): Document {
  const { report } = sheets;
  const { position, at } = report.known;
  const known = { position, at: at ?? texts.document.beforeAll, rules: report.rules };
  const body = layout === 'forms' ? formsLayout(sheets, texts) : guideLayout(sheets, texts);
  return {
    title: `${report.name}, ${report.period.from} – ${report.period.to}`,
    language: texts.language,
    direction: texts.direction === 'rtl' ? 'rtl' : 'ltr',
    footer: filled(texts.document.figures, known),
    pageNumber: texts.document.page,
    made: new Date(at ?? 0),
    blocks: body,
  };
}

function formsLayout(sheets: Sheets, texts: Texts): readonly Block[] {
  const { report, cover, coverOnly } = sheets;
  const front: Block[] = [
    { kind: 'title', text: texts.document.cover },
    ...titleBlock(sheets, texts),
    coverTable(cover, texts),
    ...signature(texts),
  ];
  if (coverOnly) return front;
  return [
    // An initial report has no cover page: there is nothing that it could be compared with.
    ...(report.kind === 'initial' ? [] : [...front, { kind: 'page' as const }]),
    { kind: 'title', text: texts.document.convention },
    { kind: 'heading', text: texts.document.forms },
    ...titleBlock(sheets, texts),
    ...words(report.remarks, texts.document.remarks, texts),
    ...report.forms.flatMap((form): Block[] => [
      { kind: 'heading', text: `Form ${form.form}: ${texts.form[form.form]}` },
      { kind: 'note', text: reporting(report, texts) },
      ...formBlocks(form, texts),
    ]),
    ...(report.kind === 'initial' ? signature(texts) : []),
  ];
}

function guideLayout(sheets: Sheets, texts: Texts): readonly Block[] {
  const { report } = sheets;
  const first = report.kind === 'initial' ? texts.document.guideInitial : texts.document.guide;
  return [
    { kind: 'title', text: `${first} – ${texts.document.convention}` },
    ...titleBlock(sheets, texts),
    ...words(report.remarks, texts.document.remarks, texts),
    ...guideSections.flatMap(([section, letters]): Block[] => [
      { kind: 'heading', text: texts.guide[section] },
      ...report.forms
        .filter(({ form }) => letters.includes(form))
        .flatMap((form) => formBlocks(form, texts)),
    ]),
    ...signature(texts),
  ];
}

function titleBlock({ report, submittedOn }: Sheets, texts: Texts): readonly Block[] {
  const { document } = texts;
  const { from, to } = report.period;
  const lines = [
    `${document.state}: ${report.name} (${report.state})`,
    texts.kind[report.kind],
    `${document.period}: ${filled(document.periodValue, { from, to })}`,
    `${document.submitted}: ${submittedOn ?? document.notSubmitted}`,
    `${document.contact}: ${report.contact.text ?? document.notRecorded}`,
  ];
  return lines.map((text) => ({ kind: 'paragraph', text }));
}

function coverTable(cover: readonly CoverLine[], texts: Texts): Block {
  const { cover: words } = texts;
  return {
    kind: 'table',
    columns: [{ head: words.form }, { head: words.status }, { head: words.last }],
    rows: cover.map(({ form, status, lastReported }) => [
      `Form ${form}: ${texts.form[form]}`,
      words[status],
      lastReported,
    ]),
  };
}

function formBlocks({ tables, texts: narratives, form }: Form, texts: Texts): readonly Block[] {
  const made = tables.flatMap((table) => tableBlocks(table, texts));
  const said = narratives.flatMap((text) =>
    words(text, text.id === form ? undefined : heading(text.id, texts), texts),
  );
  const all = [...made, ...said];
  return all.length > 0 ? all : [{ kind: 'paragraph', text: texts.document.nothing }];
}

/** A table that has nothing in it is named all the same: nothing is left to be guessed. */
function tableBlocks(table: Table, texts: Texts): readonly Block[] {
  const head: Block = { kind: 'subheading', text: heading(table.id, texts) };
  if (table.lines.length === 0) return [head, { kind: 'paragraph', text: texts.document.nothing }];
  return [head, tableBlock(table, texts)];
}

function words(narrative: Narrative, head: string | undefined, texts: Texts): readonly Block[] {
  const { text, since, carriedOver } = narrative;
  if (text === null) return [];
  const note = filled(texts.document.carriedOver, { year: since ?? '' });
  return [
    ...(head === undefined ? [] : [{ kind: 'subheading' as const, text: head }]),
    ...text.split(/\r?\n/).map((line) => ({ kind: 'paragraph' as const, text: line })),
    ...(carriedOver ? [{ kind: 'note' as const, text: note }] : []),
  ];
}

function signature(texts: Texts): readonly Block[] {
  return [
    { kind: 'paragraph', text: `${texts.document.signature}: ______________________________` },
  ];
}

function reporting({ name, period: { from, to } }: Report, texts: Texts): string {
  return filled(texts.document.reporting, { state: name, from, to });
}

function heading(id: string, texts: Texts): string {
  return (texts.table as Readonly<Record<string, string>>)[id] ?? id;
}
