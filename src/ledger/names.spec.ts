import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseName } from './names.ts';

const same = (one: string, other: string) => normaliseName(one) === normaliseName(other);

describe('Names', () => {
  it('are the same in capitals and in small letters', () => {
    expect(same('PMN-2', 'pmn-2')).toBe(true);
    expect(same('ПМН-2', 'пмн-2')).toBe(true);
    expect(same('STRASSE', 'straße')).toBe(true);
    expect(same('STRAẞE', 'straße')).toBe(true);
    expect(same('ΛΟΧΟΣ', 'λοχος')).toBe(true);
  });

  it('are the same with any look-alike of a space, and with several', () => {
    for (const space of ['\u00a0', '\u2003', '\u202f', '\u3000', '\t', '\n', '  ', ' \u2009 ']) {
      expect(normaliseName(`lot${space}7`)).toBe('lot 7');
    }
    expect(normaliseName('  lot 7 ')).toBe('lot 7');
  });

  it('are the same with marks that nobody sees', () => {
    for (const mark of [
      '\u200b',
      '\u200e',
      '\u202e',
      '\u2066',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\u0007',
    ]) {
      expect(normaliseName(`A${mark}7`).replace(' ', '')).toBe('a7');
    }
    expect(same('\u202eA7\u202c', 'A7')).toBe(true);
  });

  it('are the same in wide, composed and compatible characters', () => {
    expect(same('Ａ７', 'A7')).toBe(true);
    expect(same('e\u0301', 'é')).toBe(true);
    expect(same('№ 5', 'No 5')).toBe(true);
  });

  it('stay different when a reader sees a difference', () => {
    expect(same('PMN', 'PMN-2')).toBe(false);
    expect(same('lot 7', 'lot7')).toBe(false);
    expect(same('é', 'e')).toBe(false);
    expect(same('А', 'A')).toBe(false);
  });

  it('have nothing left when there is nothing to read', () => {
    for (const name of ['', ' ', '\u200b', '\u00a0\u2060', '\u0000']) {
      expect(normaliseName(name)).toBe('');
    }
  });

  it('never keep the character that separates the parts of a holding', () => {
    expect(normaliseName('A\u001fB')).not.toContain('\u001f');
  });

  it('are not changed by being normalised again, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (name) => {
        const once = normaliseName(name);
        expect(normaliseName(once)).toBe(once);
        expect(once).not.toMatch(/\p{Cc}|\p{Cf}|^ | $| {2}/u);
      }),
      { numRuns: 5_000 },
    );
  });
});
