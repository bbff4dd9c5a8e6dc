import * as s from '../http/schema.ts';

const fields = {
  type: s.text('The name that the catalogue uses', 'PMN-2'),
  spellings: s.list('Other names that mean it', s.text('As States declare it', 'PMN 2')),
  characteristics: {
    oneOf: [{ $ref: '#/components/schemas/CharacteristicsDto' }, { type: 'null' as const }],
    description: 'Technical characteristics, Article 7.1(h), as far as they are known',
  },
  source: s.orNull(s.text('Where this is known from')),
  version: s.whole('Versions of the type, from 1', 1),
  position: s.position,
  recordedAt: s.instant,
  actor: s.text('The key by which it was recorded'),
};

export const munition = s.object('A type of munition', fields);
export const munitions = s.pageOf(munition, { known: s.moment });
export const munitionHistory = s.object('A type of munition and what was said of it before', {
  ...fields,
  earlier: s.list('Earlier versions', munition),
});
