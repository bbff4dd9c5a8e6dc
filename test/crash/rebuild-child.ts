/**
 * Takes events into a journal from where it stands, in batches of random size, and says after each
 * one how far it is; to be killed on the way. Arguments: journal file, events file, seed.
 */
import { readFileSync, writeSync } from 'node:fs';
import { Journal } from '../../src/journal/journal.ts';
import { Random } from './random.ts';
import { fromText } from './story.ts';

const [path = '', eventsPath = '', seed = '0'] = process.argv.slice(2);
const random = new Random(Number(seed));
const events = fromText(readFileSync(eventsPath, 'utf8'));
writeSync(1, 'opening\n');
const journal = new Journal(path);
const rest = events.filter(({ position }) => position > journal.position);
while (rest.length > 0) {
  journal.apply(rest.splice(0, random.int(1, 120)));
  writeSync(1, `${journal.position}\n`);
}
journal.close();
