import * as s from '../http/schema.ts';
import { findingLevels, reportFindingNames } from './finding.ts';
import { formLetters, narrativeParts } from './forms.ts';

const name = (what: string) => s.orNull(s.text(what));
const mines = (what: string) => s.whole(what, 120);
const place = {
  munition: s.text('Type as declared', 'PMN-2'),
  lot: name('Lot; null: not recorded'),
  institution: name('Institution; null: not recorded'),
};
const explanation = s.text('Where the postings that add up to the quantity can be read');

const quantityLine = s.object(
  'A quantity: opening + in − out + corrections = closing',
  {
    ...place,
    quantity: mines('What the column of the form says'),
    opening: mines('Before the period'),
    in: mines('Came in the period, gross'),
    out: mines('Went in the period, gross'),
    corrections: mines('Turned round by reversals, signed'),
    closing: mines('At the end of the period'),
    explanation,
  },
  { cumulative: mines('Since the entry into force') },
);
const entryLine = s.object(
  'A line that is one entry’s',
  {
    ...place,
    quantity: mines('Of this line'),
    entry: s.entryId,
    effectiveDate: s.text('As given', '2010-07'),
    explanation,
  },
  { from: s.text('Sender', 'XXA'), to: s.text('Receiver', 'XXB') },
);
const programmeLine = s.object('How and where mines were destroyed', {
  site: s.text('Destruction site'),
  method: s.text('Method'),
  safetyStandard: name('Applicable safety standard'),
  environmentalStandard: name('Applicable environmental standard'),
  quantity: mines('In the period'),
  entries: s.list('Entries', s.entryId),
});
const characteristicsLine = s.object('What a type is like (7.1 h)', {
  munition: place.munition,
  type: name('The type of the catalogue; null where it has none'),
  characteristics: {
    description: 'As far as they are known',
    oneOf: [{ type: 'object' as const, additionalProperties: true }, { type: 'null' as const }],
  },
});

const narrative = s.object('Words of the authority', {
  id: s.word('Which part', narrativeParts),
  text: name('The text; null: nothing is said'),
  since: name('The year for whose report it was written'),
  carriedOver: s.flag('Whether it is that of an earlier report'),
});

const table = s.object(
  'A table of a form',
  {
    id: s.text('Its name', 'B1'),
    lines: s.list('Its lines', {
      anyOf: [quantityLine, entryLine, programmeLine, characteristicsLine],
    }),
    total: s.orNull(s.whole('Of the quantities; null where there are none', 120)),
  },
  { cumulativeTotal: mines('Since the entry into force') },
);

const finding = s.object(
  'Something to look at before filing',
  {
    id: s.text('By which it is acknowledged', 'retained-without-institution'),
    finding: s.word('Its name', reportFindingNames),
    level: s.word('An error must be acknowledged before filing', findingLevels),
    form: name('The form that it is about'),
    detail: s.text('In words'),
  },
  { quantity: mines('That it is about'), entries: s.list('Entries that show it', s.entryId) },
);

const coverLine = s.object('What the cover page says of a form', {
  form: s.word('The form', formLetters),
  status: s.word('Compared with the report filed before', [
    'changed',
    'unchanged',
    'not-applicable',
  ]),
  lastReported: name('Of what is unchanged: the year that said it first'),
});

const period = s.object('What the report is about', {
  text: s.text('As given', '2010'),
  from: s.day,
  to: s.day,
});

const kind = s.word('Which report', ['initial', 'annual', 'voluntary']);
const year = s.text('Of which year', '2010');
const state = s.text('Code of the State', 'XXA');

export const report = s.object('An Article 7 report computed from the ledger', {
  schema: s.text('Version of this schema'),
  convention: s.text('The convention'),
  state,
  name: s.text('Its name'),
  kind,
  year,
  period,
  known: s.moment,
  rules: s.text('Version of the posting rules', '1'),
  entryIntoForce: s.orNull(s.day),
  due: s.orNull(s.day),
  contact: narrative,
  remarks: narrative,
  forms: s.list(
    'Forms A to J',
    s.object('A form', {
      form: s.word('Its letter', formLetters),
      article: s.text('The paragraph that it answers', '7.1 b'),
      tables: s.list('Its tables', table),
      texts: s.list('Its texts', narrative),
    }),
  ),
  findings: s.list('What to look at before filing', finding),
  cover: s.list('The cover page', coverLine),
});

const filingFields = {
  filing: s.entryId,
  state,
  year,
  n: s.whole('From 1 for each State and year', 1),
  kind,
  period,
  submittedOn: s.text('As given', '2011-04-28'),
  recordedAt: s.instant,
  actor: s.text('The key by which it was filed'),
  position: s.position,
  figuresAt: s.text('The position as of which its figures are', '42'),
  amends: s.orNull(s.whole('The filing that it amends', 1)),
  acknowledged: s.list('Errors that it was filed with', s.text('A finding')),
  coverOnly: s.flag('Whether the cover page alone was submitted'),
};

export const filing = s.object('A filing', filingFields);
export const filings = s.pageOf(filing, { known: s.moment });
export const filed = s.object('A report as filed', { ...filingFields, report });

export const text = s.object('A text', {
  id: s.entryId,
  part: s.word('Which part', narrativeParts),
  text: name('The text; null: nothing is said'),
  year,
  position: s.position,
  recordedAt: s.instant,
  actor: s.text('The key by which it was written'),
});
export const texts = s.pageOf(text);

export const restatement = s.object('A report as filed beside as now known', {
  filing,
  known: s.moment,
  rules: s.text('Version of the posting rules', '1'),
  lines: s.list(
    'Lines that differ; gross, never netted',
    s.object('A line', {
      form: s.word('The form', formLetters),
      table: s.text('The table', 'B1'),
      ...place,
      asFiled: mines('As filed'),
      asKnown: mines('As now known'),
      difference: s.whole('As now known less as filed', -5),
      reasons: s.list(
        'Every entry that the ledger learned of afterwards; they add up to the difference',
        s.object('An entry', {
          entry: s.entryId,
          position: s.position,
          kind: s.text('Kind of entry', 'destruction'),
          effectiveDate: s.text('As given', '2010-07'),
          quantity: s.whole('Signed', -5),
          reason: s.word('Why', [
            'late-entry',
            'reversal',
            'recount',
            'reclassification',
            'explanation',
          ]),
        }),
      ),
      byRulesOrFacts: s.whole('What no entry accounts for: rules or treaty facts changed', 0),
    }),
  ),
});
