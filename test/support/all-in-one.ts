/**
 * All suites of the pure core as one, for mutation testing: what they share is loaded once instead
 * of once for each, which is most of the time that a run takes. See stryker.config.js.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const { suites } = globalThis as unknown as { suites: readonly string[] };
for (const file of globSync(suites, { cwd: root }).sort()) await import(join(root, file));
