import canonicalize from 'canonicalize';
import type { FormLetter } from './forms.ts';
import type { Form, Line, Report } from './report.ts';

/** What the cover page says of a form, beside the report filed before. */
export interface CoverLine {
  readonly form: FormLetter;
  readonly status: 'changed' | 'unchanged' | 'not-applicable';
  /** Of what is unchanged: the year whose report said it first. */
  readonly lastReported: string | null;
}

/** A report filed before, with what its own cover page said. */
export interface Before {
  readonly report: Report;
  readonly cover: readonly CoverLine[];
}

/** The cover page: each form compared with that of the report filed before. */
export function coverOf(report: Report, before: Before | undefined): readonly CoverLine[] {
  return report.forms.map((form): CoverLine => {
    // Form A has only changed and unchanged: measures are owed by everyone.
    const nothing = form.form !== 'A' && isEmpty(form);
    if (nothing) return { form: form.form, status: 'not-applicable', lastReported: null };
    const old = before?.report.forms.find((other) => other.form === form.form);
    if (before === undefined || old === undefined || contentOf(old) !== contentOf(form)) {
      return { form: form.form, status: 'changed', lastReported: null };
    }
    const said = before.cover.find((line) => line.form === form.form);
    const lastReported = said?.lastReported ?? before.report.year;
    return { form: form.form, status: 'unchanged', lastReported };
  });
}

/** Why the cover page alone may not stand for the report; undefined when it may. */
export function coverAloneFault(report: Report, cover: readonly CoverLine[]): string | undefined {
  if (report.kind === 'initial') return 'an initial report is never a cover page alone';
  const changed = cover.filter(({ status }) => status === 'changed').map(({ form }) => form);
  if (changed.length === 0) return undefined;
  return `the cover page stands alone only when nothing changed; changed: Form ${changed.join(', ')}`;
}

function isEmpty({ tables, texts }: Form): boolean {
  const hasLines = tables.some(({ lines }) => lines.some((line) => quantityOf(line) !== 0));
  return !hasLines && texts.every(({ text }) => text === null);
}

function quantityOf(line: Line): number {
  return 'quantity' in line ? line.quantity : 1;
}

/** What a reader of the form sees: not how it came about, nor where it is explained. */
function contentOf({ tables, texts }: Form): string {
  const seen = tables.map(({ id, lines }) => [id, lines.map(withoutReasons)]);
  // Canonical: what was frozen and what is computed need not have their fields in one order.
  return canonicalize([seen, texts.map(({ id, text }) => [id, text])]) ?? '';
}

function withoutReasons(line: Line): object {
  const kept = { ...line } as Record<string, unknown>;
  for (const name of ['explanation', 'opening', 'in', 'out', 'corrections', 'entry', 'entries']) {
    delete kept[name];
  }
  return kept;
}
