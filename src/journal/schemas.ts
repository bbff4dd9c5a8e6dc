import { accounts, figures } from '../ledger/accounts.ts';
import { kinds } from '../ledger/kinds.ts';
import { precisions } from '../ledger/quantity.ts';
import * as s from '../http/schema.ts';
import { groupings } from './balances.ts';

const name = (what: string) => s.orNull(s.text(`${what}, as first written; null: not recorded`));

const place = {
  account: s.word('What the mines are held as', accounts),
  munition: s.text('Type as declared', 'PMN-2'),
  lot: name('Lot or batch'),
  site: name('Depot or site'),
  institution: name('Who is authorised to hold them'),
  shipment: name('The shipment that they are part of'),
};

export const posting = s.object('The signed change of one holding', {
  ...place,
  difference: s.orNull(s.text('The difference that it opens or explains')),
  quantity: s.whole('Negative: taken out. Never 0', -6000),
  precision: s.word('How well the quantity is known', precisions),
  line: s.orNull(s.whole('The line of the entry, from 0; null for a holding that no line names')),
});

const revision = s.text('Entries of the State’s book, from 0; -1 for an empty book', '4');
const asked = { effective: s.day, known: s.moment };
const state = s.text('Code of the State', 'XXA');

const ofSomeKinds = {
  entries: s.list('Of a correction: the entries that it was recorded as', s.entryId),
  shipment: s.text('Of a transfer: its shipment', 'XXA-2010-1'),
};

export const recorded = s.object(
  'What was recorded',
  {
    entry: s.entryId,
    position: s.position,
    revision,
    recordedAt: s.instant,
    postings: s.list('What it changed; adds up to 0', posting),
    contradicts: s.list('Counts, dated on or after it, that it puts in question', s.entryId),
  },
  ofSomeKinds,
);

export const wouldRecord = s.object(
  'What would be recorded',
  {
    dryRun: s.flag('Always true: nothing was recorded'),
    entry: { type: 'null' },
    position: { type: 'null' },
    revision: { type: 'null' },
    recordedAt: { type: 'null' },
    postings: s.list('What it would change', posting),
    contradicts: s.list('Counts that it would put in question', s.entryId),
  },
  ofSomeKinds,
);

const totals = {
  remaining: s.whole('Held under Article 4, wherever it is', 7500),
  retained: s.whole('Retained under Article 3', 250),
  custody: s.whole('Of other States, held here for destruction', 0),
  unaccounted: s.whole('Open shortages, surpluses and contradicted counts, never netted', 12),
};

const figureFields = {
  ...totals,
  exact: s.flag('Whether every quantity in `remaining` is exact'),
  accounts: s.map('Balances that are not 0, but for the sources', s.whole('Mines')),
};

/** Of a figure that was asked of a munition that the book does not have. */
const ofUnknown = {
  unknownMunition: s.flag('True when the book has no such munition: the zeros say nothing more'),
  nearMunitions: s.list('Types of the book that are spelled much alike', s.text('As declared')),
};

const remainingFields = {
  state,
  recorded: s.flag('Whether the book had any entry, as known then'),
  revision,
  ...asked,
  ...figureFields,
  munitions: s.list(
    'The same by type',
    s.object('One type', { munition: s.text('Type as declared'), ...figureFields }),
  ),
  rules: s.text('Version of the posting rules', '1'),
  explanation: s.text('Where the postings are that make it'),
};

export const remaining = s.object(
  'The figures of a State on a day, as known then',
  remainingFields,
  ofUnknown,
);

const explanationItem = s.object('One posting of the figure', {
  entry: s.entryId,
  position: s.position,
  effectiveDate: s.text('As given', '2004-03'),
  kind: s.word('Kind of entry', kinds),
  actor: s.text('The key by which it was recorded'),
  ...place,
  quantity: s.whole('What it adds to the figure', 6000),
  runningTotal: s.whole('The figure up to here', 6000),
  reversedBy: s.orNull(s.entryId),
});

export const explanation = s.pageOf(
  explanationItem,
  {
    figure: s.word('What is explained', [...figures, ...accounts]),
    state,
    ...asked,
    quantity: s.whole('The figure, or its change: all items of all pages add up to it', 7500),
    rules: s.text('Version of the posting rules', '1'),
  },
  {
    from: s.text('The first day of the change that is explained', '2010-01-01'),
    ...ofUnknown,
  },
);

const balance: s.Schema = {
  type: 'object',
  description: 'The parts of the holding asked for, and what it holds',
  properties: { ...place, quantity: s.whole('Not 0') },
  required: ['quantity'],
  additionalProperties: false,
};

export const balances = s.pageOf(
  balance,
  {
    state,
    by: s.list('What they are grouped by', s.word('Part of a holding', groupings)),
    ...asked,
  },
  ofUnknown,
);

const entryFields = {
  entry: s.entryId,
  position: s.position,
  revision,
  recordedAt: s.instant,
  kind: s.word('Kind of entry', kinds),
  effectiveDate: s.text('As given', '2004-03'),
  actor: s.text('The key by which it was recorded'),
  correlation: s.text('What it belongs to'),
  causation: s.orNull(s.text('What caused it')),
  idempotencyKey: s.text('The key that the client gave it'),
  reversedBy: s.orNull(s.entryId),
  body: { type: 'object', description: 'The request as it was recorded' } as const,
  postings: s.list('What it changed', posting),
  contradicts: s.list('Counts that it puts in question', s.entryId),
};
export const entries = s.pageOf(s.object('An entry', entryFields), { state, ...asked });
export const entry = s.object('An entry', { state, ...asked, ...entryFields });

export const reversal = s.object('Whether an entry can be reversed', {
  state,
  entry: s.entryId,
  reversible: s.flag('Whether a reversal would be recorded'),
  against: s.list('What stands against it', {
    type: 'object',
    properties: { code: s.text('Name of the reason'), detail: s.text('In words') },
    required: ['code', 'detail'],
  }),
});

const differenceKinds = ['shortage', 'surplus', 'contradicted-count', 'shipment', 'statement'];
const difference = s.object(
  'Something that does not agree',
  {
    id: s.text('Id of the difference'),
    kind: s.word('What differs', differenceKinds),
    holding: s.orNull(s.object('The holding in question; null: of many', place)),
    day: s.day,
    expected: s.whole('What the book says; of a shipment, the sender’s', 5000),
    counted: s.whole('What was counted, stated or received', 4990),
    quantity: s.whole('How far apart they are', 10),
    open: s.whole('How much of it is not explained', 10),
    openedBy: s.entryId,
    explainedBy: s.list('The entries that explain it, in whole or part', s.entryId),
    exact: s.flag('Whether the quantity is exact'),
  },
  { about: { type: 'object', description: 'The shipment; or the figure stated, with its source' } },
);
export const differences = s.pageOf(difference, { state, ...asked });

export const states = s.pageOf(
  s.object('A State', {
    state,
    name: s.text('Short name', 'Exercise State A'),
    party: s.flag('Whether it is a party on that day'),
    entryIntoForce: s.orNull(s.day),
    remaining: totals.remaining,
    recorded: s.flag('Whether its book has any entry'),
  }),
  asked,
);

export const allTotals = s.object('All States together', {
  ...asked,
  states: s.whole('How many books have an entry', 10),
  ...totals,
  accounts: figureFields.accounts,
  rules: s.text('Version of the posting rules', '1'),
});

const statuses = ['in-transit', 'agreed', 'disagrees', 'no-dispatch', 'explained'];
export const shipment = s.object('Both sides of a shipment', {
  ...asked,
  shipment: s.text('As first written', 'XXA-2010-1'),
  sender: s.orNull(state),
  receiver: s.orNull(state),
  status: s.word('Whether the two sides agree', statuses),
  lines: s.list(
    'By type and lot',
    s.object('One type and lot', {
      munition: place.munition,
      lot: place.lot,
      dispatched: s.whole('Sent, as the sender has it', 1000),
      returned: s.whole('Come back, as the sender has it', 0),
      received: s.whole('Come, as the receiver has it', 998),
      givenBack: s.whole('Given back, as the receiver has it', 0),
      difference: s.whole('Out by the sender’s book less there by the receiver’s', 2),
      titleDiffers: s.whole(
        'Of what both have: how much stays the sender’s by one of them and not by the other',
        0,
      ),
    }),
  ),
});
