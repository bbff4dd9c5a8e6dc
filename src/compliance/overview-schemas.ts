import * as s from '../http/schema.ts';
import { bases } from '../treaty/facts.ts';
import { statuses } from '../treaty/obligation.ts';
import { articles } from './obligation-schemas.ts';

const moment = { on: s.day, known: s.moment };
const state = s.text('Code of the State', 'XXA');
const name = s.text('Its name');
const states = (what: string) => s.list(what, state);
const many = (what: string) => s.whole(what, 160);

export const membership = s.object('Who is bound on a day, as known then', {
  ...moment,
  parties: many('In force for them'),
  deposited: many('Parties, and those whose instrument is deposited and comes into force later'),
  comingIntoForce: many('Deposited, and not in force yet'),
  withdrawn: many('No longer parties'),
  signedOnly: many('Signed, and not bound'),
  states: s.object('Which', {
    parties: states('In force for them'),
    comingIntoForce: states('Deposited, and not in force yet'),
    withdrawn: states('No longer parties'),
    signedOnly: states('Signed, and not bound'),
  }),
  exercises: states('Codes for exercises that are played as parties: in no count'),
});

const basis = s.word('Whether every date behind it was read, or one is to be checked', bases);

const obligation = {
  state,
  name,
  article: s.word('The article', articles),
  due: s.day,
  status: s.word('What became of it', statuses),
  basis,
};

export const due = s.object('What falls due, soonest first', {
  ...moment,
  days: s.whole('Within how many days', 90),
  items: s.list(
    'Obligations',
    s.object('One', {
      ...obligation,
      period: s.orNull(s.text('Of a report: the year', '2026')),
      days: s.whole('Days from the day asked to the day it is due', 30),
    }),
  ),
  meetings: s.list(
    'Meetings that are not over',
    s.object('A meeting', {
      fact: s.entryId,
      name: s.text('Its name', '22MSP'),
      dates: s.text('When, as given', '2025-12-01/2025-12-05'),
      place: s.orNull(s.text('Where', 'Geneva')),
      basis,
    }),
  ),
});

export const timeliness = s.object('Reports about a calendar year', {
  ...moment,
  period: s.text('The year', '2011'),
  due: s.orNull(s.day),
  owing: many('States that owe this report; those of the next seven lines but the last two'),
  submitted: many('Have submitted it, in time or late'),
  inTime: many('By the day it was due'),
  late: many('After it'),
  missed: many('Not, by a positive fact'),
  unrecorded: many('The day has passed, and the record is silent'),
  pending: many('Not due yet'),
  notOwed: many('A withdrawal took effect before the day it was due'),
  withInitialReport: many('For whom the initial report stands for it'),
  items: s.list(
    'By State',
    s.object('One', {
      ...obligation,
      submittedOn: s.orNull(s.text('As given', '2012-04-28')),
    }),
  ),
});
