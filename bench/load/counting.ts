import type { Counters } from './child.ts';

/** Tells the parent process the port, answers it when it asks, and ends when it says so. */
export function answerParent(
  port: number,
  own: () => Promise<Omit<Counters, 'cpuMicros' | 'rss'>>,
  close: () => Promise<void>,
): void {
  process.on('message', (asked) => {
    if (asked === 'counters') void own().then(tell);
    else void close().then(() => process.exit());
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ port });
}

function tell(own: object): void {
  const { user, system } = process.cpuUsage();
  process.send?.({ ...own, cpuMicros: user + system, rss: process.memoryUsage.rss() });
}
