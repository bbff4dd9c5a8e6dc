import type { ExplanationItem } from '../journal/explanation.ts';
import type { Line, Report } from './report.ts';

/** Why a quantity is not what was filed: one entry that the ledger learned of afterwards. */
export interface Reason {
  readonly entry: string;
  readonly position: string;
  readonly kind: string;
  readonly effectiveDate: string;
  readonly quantity: number;
  readonly reason: 'late-entry' | 'reversal' | 'recount' | 'reclassification' | 'explanation';
}

/** One line as filed beside the same line as now known. Gross: nothing is netted over lines. */
export interface RestatedLine {
  readonly form: string;
  readonly table: string;
  readonly munition: string;
  readonly lot: string | null;
  readonly institution: string | null;
  readonly asFiled: number;
  readonly asKnown: number;
  readonly difference: number;
  readonly reasons: readonly Reason[];
  /** What no later entry accounts for: facts of the treaty or rules have changed. */
  readonly byRulesOrFacts: number;
}

/** Gives the postings behind a quantity that were recorded after a position. */
export type LaterPostings = (explanation: string, after: bigint) => readonly ExplanationItem[];

type Counted = Extract<Line, { readonly munition: string; readonly quantity: number }>;

/** Lays a filed report beside another one of the same period; only lines that differ are given. */
export function restatement(
  filed: Report,
  now: Report,
  laterPostings: LaterPostings,
): readonly RestatedLine[] {
  const after = BigInt(filed.known.position);
  const [before, since] = [linesOf(filed), linesOf(now)];
  const keys = [...new Set([...before.keys(), ...since.keys()])];
  return keys.flatMap((key): RestatedLine[] => {
    const [old, current] = [before.get(key), since.get(key)];
    const [asFiled, asKnown] = [old?.line.quantity ?? 0, current?.line.quantity ?? 0];
    const either = current ?? old;
    if (either === undefined || asFiled === asKnown) return [];
    const { form, table, line } = either;
    const reasons = laterPostings(line.explanation, after).map(reasonOf);
    const accounted = reasons.reduce((sum, { quantity }) => sum + quantity, 0);
    const difference = asKnown - asFiled;
    const { munition, lot, institution } = line;
    const byRulesOrFacts = difference - accounted;
    const what = { form, table, munition, lot, institution };
    return [{ ...what, asFiled, asKnown, difference, reasons, byRulesOrFacts }];
  });
}

interface Placed {
  readonly form: string;
  readonly table: string;
  readonly line: Counted;
}

/** Lines of quantities by what they are about; lines that are one entry's by that entry. */
function linesOf({ forms }: Report): Map<string, Placed> {
  const placed = forms.flatMap(({ form, tables }) =>
    tables.flatMap(({ id: table, lines }) =>
      lines.filter(isCounted).map((line): [string, Placed] => {
        const own = 'entry' in line ? line.entry : '';
        const key = JSON.stringify([table, line.munition, line.lot, line.institution, own]);
        return [key, { form, table, line }];
      }),
    ),
  );
  return new Map(placed);
}

function isCounted(line: Line): line is Counted {
  return 'munition' in line && 'quantity' in line;
}

const byKind: Readonly<Record<string, Reason['reason']>> = {
  reversal: 'reversal',
  count: 'recount',
  reclassification: 'reclassification',
  explanation: 'explanation',
};

function reasonOf(item: ExplanationItem): Reason {
  const { entry, position, kind, effectiveDate, quantity } = item;
  const reason = byKind[kind] ?? 'late-entry';
  return { entry, position, kind, effectiveDate, quantity, reason };
}
