// Part of ECMAScript since 2025 (JSON.parse source text access); the types do not know it yet.
const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown };

/** Big integers as JSON numbers with every digit, however large. */
export function exactJson<K extends string>(values: Readonly<Record<K, bigint>>) {
  const entries = Object.entries<bigint>(values);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      Number.isSafeInteger(Number(value)) ? Number(value) : rawJSON(value.toString()),
    ]),
  );
}
