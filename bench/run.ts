/**
 * `npm run bench`: measures what the service promises about speed and memory, and prints each with
 * its goal. `--quick` takes small sizes, `--only=posting,figures` some of the measures,
 * `--folder=<path>` another disk, `--write` puts the results into docs/performance.md,
 * `--profile=<path>` keeps a CPU profile of the service under load there.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { ledgerNames, type Context, type Ledger, type LedgerName } from './context.ts';
import { build } from './data/jobs.ts';
import { measureDeciding } from './measures/deciding.ts';
import { measureFigures } from './measures/figures.ts';
import { measureMemory } from './measures/memory.ts';
import { measurePosting } from './measures/posting.ts';
import { measureReplay } from './measures/replay.ts';
import { machineSection } from './output/machine.ts';
import { markdown, type Section } from './output/report.ts';
import { full, quick, type Sizes } from './sizes.ts';

const root = join(import.meta.dirname, '..');
const measures: Readonly<Record<string, (context: Context) => Section | Promise<Section>>> = {
  posting: measurePosting,
  replay: measureReplay,
  figures: measureFigures,
  deciding: measureDeciding,
  memory: measureMemory,
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(measures).join(',') },
    folder: { type: 'string', default: tmpdir() },
    write: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

const folder = mkdtempSync(join(values.folder, 'stockpile-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const start = performance.now();
const sizes = values.quick ? quick : full;
const names = values.only.split(',');
const sections: Section[] = [];
take(machineSection(root, folder));
const needed = names.some((name) => name !== 'posting');
const ledgers = needed ? await buildLedgers(sizes) : ({} as Record<LedgerName, Ledger>);
const context: Context = { sizes, folder, ledgers, profile: values.profile };
for (const name of names) {
  const measure = measures[name];
  if (measure === undefined) throw new Error(`there is no measure "${name}"`);
  process.stderr.write(`${name} …\n`);
  take(await measure(context));
}
const missed = sections.flatMap(({ rows }) => rows).filter(({ met }) => met === false).length;
console.log(`${missed} goals not met; took ${Math.round((performance.now() - start) / 1000)} s`);
if (values.write) await write(sections);

function take(section: Section): void {
  sections.push(section);
  console.log(markdown(section));
}

async function buildLedgers({ books }: Sizes): Promise<Record<LedgerName, Ledger>> {
  process.stderr.write('building ledgers …\n');
  const at = (name: LedgerName) => join(folder, name);
  const alone = ledgerNames.filter((name) => name !== 'long');
  const long = { folder: at('long'), shapes: [books.long, books.short], log: true };
  // The long one takes as long as all the others together.
  const others = async () => {
    const built: [LedgerName, Ledger][] = [];
    for (const name of alone) {
      const made = await build({ folder: at(name), shapes: [books[name]], log: false });
      built.push([name, { ...made, folder: at(name) }]);
    }
    return built;
  };
  const [made, rest] = await Promise.all([build(long), others()]);
  const all = [...rest, ['long', { ...made, folder: at('long') }]];
  return Object.fromEntries(all) as Record<LedgerName, Ledger>;
}

/** Puts the results between two marks of docs/performance.md, and leaves the rest alone. */
async function write(all: readonly Section[]): Promise<void> {
  const file = join(root, 'docs', 'performance.md');
  const [begin, end] = ['<!-- bench: begin -->', '<!-- bench: end -->'];
  const text = existsSync(file)
    ? readFileSync(file, 'utf8')
    : `# Performance\n\nMeasured by \`npm run bench -- --write\`.\n\n${begin}\n\n${end}\n`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`${file} has no place for the results: ${begin} ${end}`);
  const results = `${begin}\n\n${all.map(markdown).join('\n')}\n`;
  const whole = text.slice(0, from) + results + text.slice(to);
  writeFileSync(file, await format(whole, { parser: 'markdown' }));
}
