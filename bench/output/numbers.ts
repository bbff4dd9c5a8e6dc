/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

const separated = new Intl.NumberFormat('en');

/** A number with as many digits as it deserves: 12,345 or 1.23 or 0.0123. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return separated.format(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

export function ms(value: number): string {
  return `${digits(value)} ms`;
}

export function megabytes(bytes: number): string {
  return `${digits(bytes / 1024 / 1024)} MB`;
}

/** Milliseconds that some work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * The same two works by turns, A B A B …, so that what else the machine does strikes both alike;
 * the milliseconds of each pair.
 */
export async function byTurns(
  pairs: number,
  first: () => unknown,
  second: () => unknown,
): Promise<[number, number][]> {
  const times: [number, number][] = [];
  for (let pair = 0; pair < pairs; pair++) times.push([await timed(first), await timed(second)]);
  return times;
}
