/** A process of its own: opens a journal, decides once, and prints what each took. */
import { lastDay, type Shape } from '../data/history.ts';
import { Journal, journalPath } from '../../src/journal/journal.ts';
import { destroyOne } from './destroy-one.ts';

const [folder = '', shape = '', place = ''] = process.argv.slice(2);
const start = performance.now();
const journal = new Journal(journalPath(folder));
const opened = performance.now();
destroyOne(journal, JSON.parse(shape) as Shape, Number(place), lastDay);
const decided = performance.now();
process.stdout.write(JSON.stringify([opened - start, decided - opened]));
journal.close();
