import type { Flow } from '../journal/flows.ts';
import type { Lines, TableDefinition } from './forms.ts';
import type { EntryLine, Line, ProgrammeLine, QuantityLine, Table } from './report.ts';
import type { ReportSource } from './source.ts';

type Of<K extends Lines['kind']> = Extract<Lines, { kind: K }>;

/** The lines of a table, each a query over the accounts of the journal. */
export function tableOf({ id, lines }: TableDefinition, source: ReportSource): Table {
  switch (lines.kind) {
    case 'held':
      return summed(id, held(lines, source));
    case 'gone':
      return gone(id, lines, source);
    case 'found':
      return summed(id, found(source));
    case 'found-destroyed':
      return summed(id, foundDestroyed(source));
    case 'transferred':
      return summed(id, transferred(lines, source));
    case 'programme':
      return summed(id, programme(lines, source));
    case 'characteristics':
    case 'text':
      return { id, lines: [], total: null };
  }
}

function summed(id: string, lines: readonly (Line & { readonly quantity: number })[]): Table {
  return { id, lines, total: lines.reduce((sum, { quantity }) => sum + quantity, 0) };
}

function held({ figure, by }: Of<'held'>, source: ReportSource): readonly QuantityLine[] {
  return source.flows(figure, by, source.period.first).map((flow) => ({
    ...quantities(flow),
    quantity: flow.closing,
    explanation: source.explanation(figure, placeOf(flow, by)),
  }));
}

/** Of the period; and since the entry into force, where the convention is in force. */
function gone(id: string, { account, by }: Of<'gone'>, source: ReportSource): Table {
  const from = source.inForceFrom;
  const before = source.entryIntoForce;
  const since = before === undefined ? [] : source.flows(account, by, before);
  const lines = source.flows(account, by, from).flatMap((flow): QuantityLine[] => {
    const whole = since.find((other) => isSame(other, flow));
    const cumulative = whole === undefined ? undefined : whole.closing - whole.opening;
    const quantity = flow.closing - flow.opening;
    if (quantity === 0 && flow.in === 0 && (cumulative ?? 0) === 0) return [];
    return [
      {
        ...quantities(flow),
        quantity,
        ...(cumulative !== undefined && { cumulative }),
        explanation: source.explanation(account, placeOf(flow, by), from),
      },
    ];
  });
  const table = summed(id, lines);
  if (before === undefined) return table;
  return {
    ...table,
    cumulativeTotal: lines.reduce((sum, { cumulative = 0 }) => sum + cumulative, 0),
  };
}

function found(source: ReportSource): readonly EntryLine[] {
  return source
    .entries('inventory')
    .filter(({ id }) => source.finds.has(id))
    .flatMap((entry) => entryLines(entry, source));
}

function foundDestroyed(source: ReportSource): readonly EntryLine[] {
  return source
    .entries('destruction')
    .filter(({ body }) => body.find !== undefined)
    .flatMap((entry) => entryLines(entry, source));
}

function transferred({ purpose }: Of<'transferred'>, source: ReportSource): readonly EntryLine[] {
  return source
    .entries('transfer')
    .filter(({ body }) => body.purpose === purpose)
    .flatMap((entry) =>
      entryLines(entry, source).map((line) => ({
        ...line,
        from: source.state,
        to: entry.body.to,
      })),
    );
}

type LinedEntry =
  | ReturnType<typeof ReportSource.prototype.entries<'inventory'>>[number]
  | {
      readonly id: string;
      readonly body: { readonly effectiveDate: string; readonly lines: readonly PlacedLine[] };
    };

interface PlacedLine {
  readonly munition: string;
  readonly lot?: string;
  readonly institution?: string;
  readonly quantity: number;
}

function entryLines({ id, body }: LinedEntry, source: ReportSource): readonly EntryLine[] {
  return body.lines.map(({ munition, lot = null, institution = null, quantity }) => ({
    munition,
    lot,
    institution,
    quantity,
    entry: id,
    effectiveDate: body.effectiveDate,
    explanation: source.entryLink(id),
  }));
}

/** Sites and methods of the period, each with what was destroyed there under its standards. */
function programme({ article }: Of<'programme'>, source: ReportSource): readonly ProgrammeLine[] {
  const entries = source.entries('destruction').filter(({ body }) => body.article === article);
  const groups = Map.groupBy(entries, ({ body }) =>
    JSON.stringify([
      body.destructionSite,
      body.method,
      body.safetyStandard,
      body.environmentalStandard,
    ]),
  );
  return [...groups.values()].flatMap((same): ProgrammeLine[] => {
    const [first] = same;
    if (first === undefined) return [];
    const { destructionSite, method, safetyStandard, environmentalStandard } = first.body;
    const lines = same.flatMap(({ body }) => body.lines);
    return [
      {
        site: destructionSite,
        method,
        safetyStandard: safetyStandard ?? null,
        environmentalStandard: environmentalStandard ?? null,
        quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
        entries: same.map(({ id }) => id),
      },
    ];
  });
}

function quantities({ munition, lot, institution, account: _account, ...moved }: Flow) {
  return { munition, lot, institution, ...moved };
}

/** A line is asked for by all that it was grouped by: what is not recorded is asked for as such. */
function placeOf(flow: Flow, by: readonly string[]) {
  return {
    munition: flow.munition,
    ...(by.includes('lot') && { lot: flow.lot }),
    ...(by.includes('institution') && { institution: flow.institution }),
  };
}

function isSame(a: Flow, b: Flow): boolean {
  return a.munition === b.munition && a.lot === b.lot && a.institution === b.institution;
}
