import * as s from '../http/schema.ts';
import { bases } from '../treaty/facts.ts';
import { obligationArticles } from '../treaty/convention.ts';
import { mineBan } from '../treaty/mine-ban.ts';
import { findingNames, statuses } from '../treaty/obligation.ts';

/** Every article that an obligation can be of. */
export const articles = obligationArticles(mineBan);

const date = (what: string) =>
  s.orNull(s.text(`${what}, as given: a month stays a month`, '2007-10'));
const basis = s.word('Whether every date behind it was read, or one is to be checked', bases);
const source = s.orNull(s.text('Where it is known from'));

const ground = s.object('What a date or a status rests on', {
  what: s.text('What it says', 'deposited'),
  value: {
    description: 'As given',
    oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }],
  },
  fact: s.orNull(s.text('The fact of the treaty or the entry of the book that says it')),
  source,
  basis,
});
const grounds = s.list('What it rests on', ground);

export const reckoned = s.object('A date and how it was reckoned', {
  day: s.day,
  article: s.text('The article', '17.2'),
  rule: s.text('The rule in words'),
  arithmetic: s.text('The sum', '2004-03-01 + 4 years = 2008-03-01'),
  basis,
  grounds,
});

export const finding = s.object(
  'Something that stands beside the status',
  { finding: s.word('Its name', findingNames), detail: s.text('In words') },
  {
    quantity: s.whole('Mines that it is about', 7500),
    entries: s.list('Entries or facts that show it', s.entryId),
  },
);

const extension = s.object('An extension as granted', {
  fact: s.entryId,
  until: s.day,
  decidedOn: date('When it was decided'),
  meeting: s.orNull(s.text('The meeting that decided', '12MSP')),
  readAsOf: date('When the source was read'),
});

export const obligation = s.object(
  'An obligation with its day and what became of it',
  {
    article: s.word('The article', articles),
    due: s.day,
    status: s.word('What became of it; `missed` rests on a positive fact', statuses),
    basis,
    findings: s.list('What stands beside the status', finding),
  },
  {
    period: s.text('Of an annual report: the calendar year', '2009'),
    entry: s.text('Of found stock: the entry that found it'),
    since: s.text('Of what is missed or late: the first day after it was due', '2008-03-02'),
    remaining: s.whole('What is left of the stock that it is about', 7500),
    completedOn: date('When it was completed'),
    declaredOn: date('When that was declared'),
    meeting: s.orNull(s.text('Where it was declared')),
    submittedOn: date('When the report was submitted'),
    extensions: s.list('Extensions in force', extension),
    breaches: s.list(
      'Days between a deadline and a late decision',
      s.object('From and to', { from: s.day, to: s.day }),
    ),
    covers: s.list('Years that an initial report stands for', s.text('Year', '2004')),
    explanation: s.object('Why', {
      due: reckoned,
      status: s.object('Why this status', {
        because: s.text('In words'),
        grounds,
        figures: s.orNull(s.text('Where the ledger’s figure is explained')),
      }),
    }),
  },
);
const obligations = s.list('In the order of the articles', obligation);

const membership = s.object('By which instrument the State is bound, and until when', {
  fact: s.entryId,
  instrument: s.text('By which act', 'accession'),
  signedOn: date('When it was signed'),
  depositedOn: date('When it was deposited'),
  source,
  entryIntoForce: reckoned,
  end: s.orNull(s.text('The first day on which it is no longer a party', '2025-12-27')),
});
const withdrawal = s.orNull(
  s.object('A withdrawal', {
    fact: s.entryId,
    notifiedOn: date('When it was notified'),
    receivedOn: date('When the Depositary received it'),
    armedConflict: s.flag('Whether an armed conflict holds it back'),
    conflictEndedOn: date('When that ended'),
    source,
    effect: s.orNull(reckoned),
  }),
);

const head = {
  party: s.flag('Whether it is a party on that day'),
  entryIntoForce: s.orNull(s.day),
  basis: s.orNull(basis),
};

export const stateObligations = s.object('What a State owes on a day, as known then', {
  state: s.text('Code of the State', 'XXA'),
  name: s.text('Its name'),
  on: s.day,
  known: s.moment,
  ...head,
  membership: s.orNull(membership),
  withdrawal,
  objections: s.list(
    'Objections of others to what it did',
    s.object('An objection', {
      fact: s.entryId,
      by: s.text('The State that objects', 'NOR'),
      madeOn: date('When'),
      against: s.text('What it objects to'),
      source,
    }),
  ),
  obligations,
  earlier: s.list(
    'Memberships that ended before',
    s.object('One of them', { membership, withdrawal, obligations }),
  ),
});

export const allObligations = s.pageOf(
  s.object('What one State owes', {
    state: s.text('Code of the State', 'XXA'),
    name: s.text('Its name'),
    ...head,
    obligations,
  }),
  { on: s.day, known: s.moment },
);
