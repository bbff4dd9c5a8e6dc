import { wrap } from '../wrap.ts';
import { plain, quantity, type Cell, type Column } from '../table.ts';
import type { FindingItem, ObligationItem } from '../treaty-answers.ts';

/** One obligation, or a run of reports of which the record says nothing. */
export type Run = readonly [ObligationItem, ...ObligationItem[]];

/** Said wherever `unrecorded` is shown: it must not be read as a reproach. */
export const unrecordedMeans =
  'unrecorded: the day has passed, and nothing is on record either way. It says what the record ' +
  'lacks, and nothing about the State.';

const lineWidth = 100;

export const obligationColumns: readonly Column[] = [
  { head: 'article' },
  { head: 'about' },
  { head: 'due' },
  { head: 'status' },
  { head: 'on record' },
  { head: 'remaining', number: true },
];

/** Reports that follow each other and are all unrecorded stand together, unless all are asked for. */
export function runsOf(obligations: readonly ObligationItem[], all: boolean): readonly Run[] {
  const runs: [ObligationItem, ...ObligationItem[]][] = [];
  for (const obligation of obligations) {
    const run = runs.at(-1);
    if (!all && run !== undefined && isSilent(run[0]) && isSilent(obligation)) run.push(obligation);
    else runs.push([obligation]);
  }
  return runs;
}

function isSilent({ period, status }: ObligationItem): boolean {
  return period !== undefined && status === 'unrecorded';
}

export function rowOf(run: Run): readonly Cell[] {
  const [first] = run;
  const last = run.at(-1) ?? first;
  if (run.length > 1) {
    const due = `${first.due} to ${last.due}`;
    return [first.article, spanOf(run), due, `${run.length} ${first.status}`, '', ''];
  }
  return [first.article, spanOf(run), first.due, first.status, recordOf(first), first.remaining];
}

/** `2009`, or `2003–2009` of a run. */
export function spanOf(run: Run): string {
  const [{ period = '' }] = run;
  return run.length === 1 ? period : `${period}–${run.at(-1)?.period}`;
}

/** The date that the record has of it. */
export function recordOf(obligation: ObligationItem): string {
  const { completedOn, declaredOn, submittedOn, since, status } = obligation;
  if (completedOn) return `completed ${completedOn}`;
  if (declaredOn) return `declared ${declaredOn}`;
  if (submittedOn) return `submitted ${submittedOn}`;
  return status === 'missed' ? `since ${since}` : '';
}

/** What stands beside the statuses, in words: one note for what is said of several years alike. */
export function notesOn(obligations: readonly ObligationItem[], state = ''): readonly string[] {
  const notes = new Map<string, string[]>();
  for (const { article, period, ...rest } of obligations) {
    for (const text of remarksOn(rest)) {
      const said = period === undefined ? text : text.replace(wordOf(period), 'the year');
      const years = notes.get(`${article}\n${said}`) ?? [];
      notes.set(`${article}\n${said}`, period === undefined ? years : [...years, period]);
    }
  }
  return [...notes].flatMap(([key, years]) => {
    const [article = '', text = ''] = key.split('\n');
    const about = [state, article, yearsOf(years)].filter((part) => part !== '').join(', ');
    return wrap(`- ${about}: ${plain(text)}`, lineWidth, '    ');
  });
}

function remarksOn(said: Omit<ObligationItem, 'article' | 'period'>): readonly string[] {
  const { extensions = [], covers = [], findings } = said;
  return [
    ...extensions.map(
      ({ until, meeting }) => `extended to ${until}${meeting === null ? '' : ` by ${meeting}`}`,
    ),
    ...(covers.length > 0 ? [`the first report stands for ${covers.join(' and ')} too`] : []),
    ...findings.map((found) => `${findingText(found)} (${found.finding})`),
  ].map((text) => text.replaceAll('\n', ' '));
}

/** A finding in words. */
export function findingText({ detail, quantity: mines }: FindingItem): string {
  return withThousands(detail, mines === undefined ? [] : [mines]);
}

/** Years that follow each other as `2004–2009`. */
function yearsOf(periods: readonly string[]): string {
  const spans: { from: number; to: number }[] = [];
  for (const year of periods.map(Number)) {
    const span = spans.at(-1);
    if (span?.to === year - 1) span.to = year;
    else spans.push({ from: year, to: year });
  }
  return spans.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** A text with these quantities written as everywhere else; years and dates stay as they are. */
export function withThousands(text: string, quantities: readonly number[]): string {
  return quantities.reduce(
    (said, mines) => said.replace(wordOf(String(mines)), quantity(mines)),
    text,
  );
}

/** Digits that stand alone: no part of a date or of a longer number. */
function wordOf(digits: string): RegExp {
  return new RegExp(`(?<![\\d-])${digits}(?![\\d-])`);
}
