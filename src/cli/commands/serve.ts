import type { Command } from 'commander';
import { withExample } from './options.ts';

/** `serve`: the service itself; everything it needs comes from the environment. */
export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .description('run the service (settings: PORT, HOST, STOCKPILE_DATA and others)');
  withExample(command, 'serve').action(async () => {
    // Loaded only here: the other commands shall not wait for a framework they do not use.
    const { serve } = await import('../../main.ts');
    await serve();
  });
}
