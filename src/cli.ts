import { processIo } from './cli/io.ts';
import { run } from './cli/program.ts';
import { addDemo } from './demo/command.ts';

// A reader that has seen enough (`stockpile entries XXA | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const status = await run(process.argv.slice(2), processIo(), [addDemo]);
// A service that was started goes on running; it decides its own status when it ends.
if (status !== 0) process.exitCode = status;
