import * as s from '../http/schema.ts';
import { bases, factPaths } from '../treaty/facts.ts';

const revision = s.text('Facts of the treaty, from 0; -1 while there are none', '166');

export const recordedFact = s.object('What was recorded', {
  entry: s.entryId,
  position: s.position,
  revision,
  recordedAt: s.instant,
  postings: s.list('A fact of the treaty moves no mines', s.object('Nothing', {})),
  contradicts: s.list('A fact of the treaty contradicts no count', s.entryId),
});

export const wouldRecordFact = s.object('What a dry run answers: nothing was recorded', {
  dryRun: s.flag('Always true'),
  entry: { type: 'null' },
  position: { type: 'null' },
  revision: { type: 'null' },
  recordedAt: { type: 'null' },
  postings: s.list('Nothing', s.object('Nothing', {})),
  contradicts: s.list('Nothing', s.entryId),
});

const fields = {
  fact: s.entryId,
  state: s.orNull(s.text('The State that it is about; null for none', 'XXA')),
  kind: s.word('What it says', [...Object.keys(factPaths), 'reversal']),
  position: s.position,
  revision,
  recordedAt: s.instant,
  actor: s.text('The key by which it was recorded'),
  basis: s.word('Whether its dates were read in the source, or are to be checked', bases),
  reversedBy: s.orNull(s.entryId),
  body: { type: 'object' as const, description: 'As it was sent', additionalProperties: true },
};

export const fact = s.object('A fact of the treaty', fields);
export const facts = s.pageOf(fact, { known: s.moment });
