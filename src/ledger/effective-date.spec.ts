import { describe, expect, it } from '@jest/globals';
import { dayBefore, latestToday, NotADate, parseEffectiveDate, readDay } from './effective-date.ts';

const span = (text: string) => {
  const { first, last } = parseEffectiveDate(text);
  return `${first} to ${last}`;
};

describe('An effective date', () => {
  it('is a day, a month, a year or an interval, counted on its last day', () => {
    expect(span('2010-07-31')).toBe('2010-07-31 to 2010-07-31');
    expect(span('2010-07')).toBe('2010-07-01 to 2010-07-31');
    expect(span('2010')).toBe('2010-01-01 to 2010-12-31');
    expect(span('2010-04/2011-04')).toBe('2010-04-01 to 2011-04-30');
    expect(span('2009/2010-02-03')).toBe('2009-01-01 to 2010-02-03');
  });

  it('is kept as it was given', () => {
    expect(parseEffectiveDate('2010-04/2011').text).toBe('2010-04/2011');
  });

  it('may be an interval of one day, or one that ends within the year it begins in', () => {
    expect(span('2010-07-31/2010-07-31')).toBe('2010-07-31 to 2010-07-31');
    expect(span('2010-06/2010')).toBe('2010-06-01 to 2010-12-31');
    expect(span('2010/2010-06')).toBe('2010-01-01 to 2010-06-30');
  });

  it.each([
    ['1900', '28'],
    ['2000', '29'],
    ['2023', '28'],
    ['2024', '29'],
    ['2100', '28'],
  ])('knows the last day of February in %s', (year, last) => {
    expect(span(`${year}-02`)).toBe(`${year}-02-01 to ${year}-02-${last}`);
    expect(String(readDay(`${year}-02-${Number(last) + 1}`))).toContain(`has days 01 to ${last}`);
    expect(readDay(`${year}-02-${last}`)).toBe(`${year}-02-${last}`);
  });

  it.each(['01', '03', '05', '07', '08', '10', '12'])('gives month %s 31 days', (month) => {
    expect(readDay(`2010-${month}-31`)).toBe(`2010-${month}-31`);
  });

  it.each(['04', '06', '09', '11'])('gives month %s 30 days', (month) => {
    expect(String(readDay(`2010-${month}-31`))).toContain('has days 01 to 30');
  });

  it.each(['2010-02-30', '2010-01-00', '2010-00', '2010-13', '2010-13-01'])(
    'is not %s, which no calendar has',
    (text) => expect(() => parseEffectiveDate(text)).toThrow(NotADate),
  );

  it.each([
    '',
    '/',
    '2010/',
    '/2010',
    '10',
    '20100',
    '2010-1',
    '2010-01-1',
    '2010-01-01T00:00:00Z',
    ' 2010',
    '2010\n',
    '2010~',
    '201X',
    '２０１０',
    '-2010',
    'yesterday',
  ])('is not %j, and the answer says how to write one', (text) => {
    expect(() => parseEffectiveDate(text)).toThrow(
      /write YYYY, YYYY-MM, YYYY-MM-DD or an interval/,
    );
  });

  it('is not an interval of three ends', () => {
    expect(() => parseEffectiveDate('2010/2011/2012')).toThrow('more than two ends');
  });

  it('does not end before it begins', () => {
    expect(() => parseEffectiveDate('2011/2010')).toThrow('write the earlier end first');
    expect(() => parseEffectiveDate('2010-07-02/2010-07-01')).toThrow('ends before it begins');
  });

  it('does not lie before 1900', () => {
    expect(() => parseEffectiveDate('1899-12-31')).toThrow('before 1900-01-01');
    expect(() => parseEffectiveDate('1899/1901')).toThrow('before 1900-01-01');
    expect(() => parseEffectiveDate('0000')).toThrow('before 1900-01-01');
    expect(span('1900-01-01')).toBe('1900-01-01 to 1900-01-01');
  });

  it('is a day only when it names one', () => {
    expect(readDay('2010-07-31')).toBe('2010-07-31');
    for (const text of ['2010', '2010-07', '2010-07-31/2010-07-31']) {
      expect(String(readDay(text))).toContain('is not a day');
    }
  });
});

describe('A day', () => {
  it('has begun somewhere on earth ten hours before it begins in Greenwich', () => {
    expect(latestToday(Date.parse('2026-03-01T09:59:59.999Z'))).toBe('2026-03-01');
    expect(latestToday(Date.parse('2026-03-01T10:00:00.000Z'))).toBe('2026-03-02');
  });

  it('has an eve, also over the end of a month, a leap day and a year', () => {
    expect(dayBefore('2010-07-02')).toBe('2010-07-01');
    expect(dayBefore('2000-03-01')).toBe('2000-02-29');
    expect(dayBefore('2023-03-01')).toBe('2023-02-28');
    expect(dayBefore('1900-01-01')).toBe('1899-12-31');
  });
});
