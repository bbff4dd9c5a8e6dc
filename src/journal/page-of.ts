import type { Page } from './asked.ts';

/** A page of a list that is sorted by name; its cursor is the name of the last item shown. */
export function pageOf<T>(
  all: readonly T[],
  nameOf: (item: T) => string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Page<T> {
  const rest = cursor === undefined ? all : all.filter((item) => nameOf(item) > cursor);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rest.length > limit && last !== undefined ? nameOf(last) : null };
}
