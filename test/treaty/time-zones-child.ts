/** Goes through the table of law and every published State, and prints a digest of all answers. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { publishedFacts, TestTreaty } from '../support/treaty.ts';
import { check, readRules } from './law-rows.ts';

const hash = createHash('sha256');
let answers = 0;
const take = (answer: unknown): void => {
  hash.update(JSON.stringify(answer));
  answers++;
};

const rules = readRules(readFileSync(new URL('law.txt', import.meta.url), 'utf8'));
const checked = rules.flatMap((rule) => check(rule));
checked.forEach(take);
const failures = checked
  .filter(({ expected, actual }) => expected !== actual)
  .map(({ row }) => row);

const treaty = new TestTreaty();
for (const fact of publishedFacts()) treaty.record(fact);
for (const day of ['2008-03-01', '2012-02-29', '2026-01-09', '2026-11-24']) {
  for (const state of treaty.book.states(treaty.position)) {
    for (const { due, status, since } of treaty.on(day, state).current?.obligations ?? []) {
      take([state, day, due.day, status, since]);
    }
  }
}
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const offset = new Date('2026-11-24T12:00:00Z').getTimezoneOffset();
process.stdout.write(
  JSON.stringify({ zone, offset, digest: hash.digest('hex'), answers, failures }),
);
