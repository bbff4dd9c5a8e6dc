import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { factOf, factType, type FactEvent } from '../../src/compliance/fact-event.ts';
import { factPaths, type FactKind } from '../../src/treaty/facts.ts';

/**
 * One stored fact of the treaty of every type and version, with every field, as it was once written.
 * They are never changed: what is in a log for ever must be read for ever.
 */
const golden: Record<string, string> = {
  'treaty-action-plan-v1': 'b816cd2d7b9e6538f8c3ab4bcb290d857d4ae0b1cc248c7533e9cde34e63827a',
  'treaty-breach-v1': '4becd53bfcbf2913d188a6ca530d6d9ff06f8c18a7a1268c3919266d689a6a3d',
  'treaty-completion-v1': '85eee67d360988aa1e08e6760b9ecad1ebee9d65d0931c3779885329f3dbb538',
  'treaty-coverage-v1': 'fa585fd8d4bf32ff72207c11c3e13b149774d471a36f3fe0e7ba45d350c43482',
  'treaty-extension-v1': '4406fbb41e644a6ebc655eed96cfaa9ba5ddba7cd093fda209fd05932fe391db',
  'treaty-instrument-v1': '6d3e30428d983c7797cb8bec218adde8f19637180de538b9a6dec200596abdf6',
  'treaty-meeting-v1': '7db315b263504e10f7496985713d1bf8f22021baa35406c119aa4c73436f49b1',
  'treaty-objection-v1': 'db738c17834d0d4c8e41bbef5bfa649e10e6303b63d662615f85dc971df5084a',
  'treaty-report-submission-v1': 'f9eb623712a81378f91bf30c8e604cb657084589583c77eceabb6637f8963b33',
  'treaty-reversal-v1': 'deafe16230f656e69d435441f7c6cdf2611646449241cf6dac2055ae0c67ca22',
  'treaty-withdrawal-v1': '209a8d9b01ff1b60b1ac684acb98d4ea7f078539fdab2a2b99b771c7dba3ca86',
};

const folder = join(import.meta.dirname, 'treaty');
const bytesOf = (type: string) => readFileSync(join(folder, `${type}.json`));
const eventOf = (type: string) => JSON.parse(bytesOf(type).toString()) as FactEvent;
const stored = { stream: 'treaty', position: 17n, revision: 3 };
const read = (type: string) => {
  const event = eventOf(type);
  return factOf(event, { ...stored, id: event.id, type, data: bytesOf(type) });
};

describe('Facts of the treaty that were stored once', () => {
  const types = Object.keys(golden);

  it('are kept for every type that is written now, and for every one that ever was', () => {
    expect(readdirSync(folder).sort()).toEqual(types.map((type) => `${type}.json`).sort());
    const kinds = [...Object.keys(factPaths), 'reversal'] as FactKind[];
    expect(types).toEqual(expect.arrayContaining(kinds.map(factType)));
  });

  it.each(types)('of type %s have the bytes that they had, in canonical form', (type) => {
    expect(createHash('sha256').update(bytesOf(type)).digest('hex')).toBe(golden[type]);
    expect(canonicalize(eventOf(type))).toBe(bytesOf(type).toString());
  });

  it.each(types)('of type %s say what they said, who recorded them, and when', (type) => {
    const { salt, type: _, ...said } = eventOf(type) as FactEvent & { salt: string };
    expect(salt).toMatch(/^[0-9a-f]{32}$/);
    expect(read(type)).toEqual({ ...said, position: 17n, revision: 3 });
    expect(said.body.source).toBe('C.N.123.2003');
  });

  it('of a type that is not known are not guessed at', () => {
    const event = { ...eventOf('treaty-meeting-v1'), type: 'treaty-meeting-v2' };
    const as = (type: string) => ({ ...stored, id: event.id, type, data: new Uint8Array() });
    expect(() => factOf(event as unknown as FactEvent, as('treaty-meeting-v2'))).toThrow(
      'no fact of the treaty is written as "treaty-meeting-v2"',
    );
    expect(() => factOf(eventOf('treaty-meeting-v1'), as('treaty-coverage-v1'))).toThrow(
      RangeError,
    );
  });
});
