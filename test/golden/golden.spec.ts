import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { decodeEntry, encodeEntry } from '../../src/ledger/event-codec.ts';
import { eventTypeOf } from '../../src/ledger/event-types.ts';
import { kinds } from '../../src/ledger/kinds.ts';
import { inWords } from '../support/book.ts';

/**
 * One stored event of every type and version, as it was once written. They are never changed: what
 * is in a log for ever must be read for ever, and what it posts must stay what it was.
 */
const golden: Record<string, { sha256: string; day: string; postings: readonly string[] }> = {
  'allocation-v1': {
    sha256: '779afc71ea9b79f0f11c339400fbb3ce27435584f7dc60cfaf9df1f6b06bdcdf',
    day: '2005-02-28',
    postings: [
      '−500 PMN-2 held/stockpile, lot 7/82-Ä, site North, institution Army',
      '+500 PMN-2 held/allocated, lot 7/82-Ä, site North, institution Army',
    ],
  },
  'control-v1': {
    sha256: '1de9eae3a3fdde0e2f9344ecb126a1b1a33fd81cc350989f6caabe37e44aab1d',
    day: '2008-12-31',
    postings: [
      '−5 PMN-2 held/stockpile, lot 7/82-Ä, site North, institution Army',
      '+5 PMN-2 held/unverifiable, lot 7/82-Ä, site North, institution Army',
    ],
  },
  'correction-v1': {
    sha256: 'ef997b60afe7ba4eb4bcd0f938f5650c40747966e74c60b2bd93958cbadf0101',
    day: '2008-12-31',
    postings: [],
  },
  'count-v1': {
    sha256: 'f0c8642e637291d6a7f85c1c7cf06f4b9f8d8a4ac48c18e9fbe2c69ff2ad9fa5',
    day: '2006-12-31',
    postings: [
      '−2 PMN-2 held/stockpile, lot 7/82-ä, site NORTH, institution Army',
      '+2 PMN-2 difference/shortage, lot 7/82-ä, site NORTH, institution Army, difference 0197a2c0-0000-7000-8000-000000000007.0',
      '−4 PMN-2 source/count-surplus, lot unmarked, difference 0197a2c0-0000-7000-8000-000000000007.1',
      '+4 PMN-2 held/stockpile, lot unmarked',
      '−300 M14 held/stockpile',
      '+300 M14 difference/shortage, difference 0197a2c0-0000-7000-8000-000000000007.2',
    ],
  },
  'destruction-v1': {
    sha256: '9c3eaab43444e1555f1038030ccf221525c1b8cccc3c120673fe457eff8fadca',
    day: '2005-06-01',
    postings: [
      '−450 PMN-2 held/allocated, lot 7/82-Ä-1, site Plant, institution Army',
      '+450 PMN-2 gone/destroyed-article-4, lot 7/82-Ä-1, site Plant, institution Army',
    ],
  },
  'explanation-v1': {
    sha256: '5b5d56a799e17d4c0cdd281fc4ddd67c2e19f372a8ab59fd4757a564884c19e6',
    day: '2009-01-10',
    postings: [
      '−120 M14 difference/shortage, difference 0197a2c0-0000-7000-8000-000000000007.2',
      '+120 M14 gone/counting-error',
    ],
  },
  'inventory-v1': {
    sha256: '216214869f88cca4cc23838b528837f6f8ebcdbd1fc1e03a10648841fdb5c8a3',
    day: '2004-03-31',
    postings: [
      '−1200 PMN-2 source/declared, lot 7/82-Ä, site North, institution Army',
      '+1200 PMN-2 held/stockpile, lot 7/82-Ä, site North, institution Army',
      '−300 M14 source/declared',
      '+300 M14 held/stockpile',
    ],
  },
  'loss-v1': {
    sha256: 'e21d4c0722d394627afdec192384958f011ae9b612e5c2d348a7148abe72021a',
    day: '2006-12-31',
    postings: [
      '−2 PMN-2 held/stockpile, lot 7/82-Ä, site North, institution Army',
      '+2 PMN-2 gone/stolen, lot 7/82-Ä, site North, institution Army',
    ],
  },
  'movement-v1': {
    sha256: '5cee0fcfd15c7ffa4a7922e77796339300f22f9b1e334ff995e78cd7d1bc371f',
    day: '2005-04-30',
    postings: [
      '−500 PMN-2 held/allocated, lot 7/82-Ä, site North, institution Army',
      '+500 PMN-2 held/allocated, lot 7/82-Ä-1, site Plant, institution Army',
    ],
  },
  'receipt-v1': {
    sha256: '785d009e542256e49689f76e8adc83a651e454545bfc9a479f9325e35be9eaaf',
    day: '2007-04-02',
    postings: [
      '−60 PFM-1 source/received, lot P1, shipment C-17',
      '+60 PFM-1 custody, lot P1, shipment C-17',
    ],
  },
  'reclassification-v1': {
    sha256: 'c16c8274e0c4ed2208a81da28921440239a9c5c96cc609da5ca9d0a099128c1d',
    day: '2008-02-01',
    postings: [
      '−4 PMN-2 held/stockpile, lot unmarked',
      '+4 PMN-2 gone/reclassified, lot unmarked',
      '−4 PMN-4 source/reclassified, lot 9/91',
      '+4 PMN-4 held/stockpile, lot 9/91',
    ],
  },
  'release-v1': {
    sha256: '534d5903de9be462cbc841551fa1c4a894a8374d896ed70e96059ad1327e76b9',
    day: '2005-01-31',
    postings: [
      '−20 PMN-2 retained, lot 7/82-Ä, site School, institution Engineers',
      '+20 PMN-2 held/stockpile, lot 7/82-Ä, site North, institution Army',
    ],
  },
  'retention-v1': {
    sha256: '39921d986b3da2bd8311e61db571b182fa991130d13e5a43e74ac463eb14e4fd',
    day: '2004-06-30',
    postings: [
      '−100 PMN-2 held/stockpile, lot 7/82-Ä, site North, institution Army',
      '+100 PMN-2 retained, lot 7/82-Ä, site School, institution Engineers',
    ],
  },
  'return-v1': {
    sha256: 'f1825eda73461d777601811590ed2f7fca5c9528b41f499d3eee11141f0203ae',
    day: '2007-05-31',
    postings: [
      '−40 PMN-2 held/dispatched, lot 7/82-Ä, shipment s-2007/1',
      '+40 PMN-2 held/stockpile, lot 7/82-Ä, site North, institution Army',
    ],
  },
  'reversal-v1': {
    sha256: '6d8b9dead55f9121482a9ded0326777fbaf1125d19b576b0d824d5e02944ba3a',
    day: '2006-12-31',
    postings: [
      '−2 PMN-2 gone/stolen, lot 7/82-Ä, site North, institution Army',
      '+2 PMN-2 held/stockpile, lot 7/82-Ä, site North, institution Army',
    ],
  },
  'statement-v1': {
    sha256: '8ccb66f9ad872bc62628bf41d3c5b15bb6cfb9d6b19dc8e5d2b685325b206f39',
    day: '2008-12-31',
    postings: [],
  },
  'transfer-v1': {
    sha256: 'f8f6012092ab80304d76ed38859d257729db1290fcd30efec93551142f7970ae',
    day: '2007-03-31',
    postings: [
      '−100 PMN-2 held/stockpile, lot 7/82-Ä, site North, institution Army',
      '+100 PMN-2 held/dispatched, lot 7/82-Ä, shipment S-2007/1',
    ],
  },
  'use-v1': {
    sha256: 'bad20ac1ab95c807afa818b52fa9cbb6343513129f38e68df9469fa148968b8a',
    day: '2005-12-31',
    postings: [
      '−3 PMN-2 retained, lot 7/82-Ä, site School, institution Engineers',
      '+3 PMN-2 gone/consumed, lot 7/82-Ä, site School, institution Engineers',
    ],
  },
};

const folder = join(import.meta.dirname, 'events');
const bytesOf = (type: string) => readFileSync(join(folder, `${type}.json`));
const read = (type: string) => decodeEntry({ type, revision: 7, data: bytesOf(type) });

describe('Events that were stored once', () => {
  const types = Object.keys(golden);

  it('are kept for every type that is written now, and for every one that ever was', () => {
    expect(readdirSync(folder).sort()).toEqual(types.map((type) => `${type}.json`).sort());
    expect(types).toEqual(expect.arrayContaining(kinds.map(eventTypeOf)));
  });

  it.each(types)('of type %s have the bytes that they had', (type) => {
    const sha256 = createHash('sha256').update(bytesOf(type)).digest('hex');
    expect(sha256).toBe(golden[type]?.sha256);
  });

  it.each(types)('of type %s post what they posted, on the day they did', (type) => {
    const entry = read(type);
    expect(inWords(entry.postings)).toEqual(golden[type]?.postings);
    expect(entry.effective.last).toBe(golden[type]?.day);
  });

  it.each(kinds.map(eventTypeOf))('of type %s are written again with the same bytes', (type) => {
    expect(Buffer.from(encodeEntry(read(type))).equals(bytesOf(type))).toBe(true);
  });

  it('still say who recorded them, when and why, and which counts they put in question', () => {
    expect(read('loss-v1')).toMatchObject({
      id: '0197a2c0-0000-7000-8000-000000000009',
      state: 'XXA',
      recordedAt: '2026-03-01T09:00:09.000Z',
      actor: 'key:golden',
      correlation: '0197a2c0-0000-7000-8000-000000000109',
      causation: null,
      idempotencyKey: 'golden-9',
      requestHash: 'ab'.repeat(31) + 'a9',
      salt: 'c0ffee'.repeat(5) + 'c9',
      revision: 7,
      contradicts: [
        {
          change: -2,
          since: '2006-12-31',
          counts: [
            { counted: 618, day: '2006-12-31', entry: '0197a2c0-0000-7000-8000-000000000007' },
          ],
        },
      ],
    });
  });
});
