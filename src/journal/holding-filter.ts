import { normaliseName } from '../ledger/names.ts';
import type { HoldingFilter } from './asked.ts';

/** SQL that narrows `holdings h` to what is asked, and its parameters by name. */
export interface FilterSql {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether it asks for more than cells (account, munition) can answer. */
  readonly byPlace: boolean;
}

const columns = {
  munition: 'munition_key',
  lot: 'lot_key',
  site: 'site_key',
  institution: 'institution_key',
} as const;

export function filterSql(filter: HoldingFilter): FilterSql {
  const terms: string[] = [];
  const parameters: Record<string, string> = {};
  for (const [field, column] of Object.entries(columns)) {
    const asked = filter[field as keyof typeof columns];
    if (asked === undefined) continue;
    if (asked === null) {
      terms.push(`AND h.${column} IS NULL`);
      continue;
    }
    terms.push(`AND h.${column} = :${field}`);
    parameters[field] = normaliseName(asked);
  }
  if (filter.munitionKeys !== undefined) {
    terms.push('AND h.munition_key IN (SELECT value FROM json_each(:munitionKeys))');
    parameters['munitionKeys'] = JSON.stringify(filter.munitionKeys);
  }
  const byPlace = [filter.lot, filter.site, filter.institution].some((f) => f !== undefined);
  return { sql: terms.join(' '), parameters, byPlace };
}
