import type { CharacteristicsLine } from './report.ts';
import type { ReportSource } from './source.ts';

/** The catalogue of munitions, as far as a report asks it. */
export interface Catalogue {
  find(
    name: string,
    known: bigint,
  ): { readonly type: string; readonly characteristics?: object } | undefined;
}

/** Article 7.1(h): each type that the State held in the period, by the name that it declared. */
export function characteristicsOf(
  source: ReportSource,
  catalogue: Catalogue,
): readonly CharacteristicsLine[] {
  const { first } = source.period;
  const held = [
    ...source.flows('remaining', ['munition'], first),
    ...source.flows('retained', ['munition'], first),
  ];
  const names = [...new Set(held.map(({ munition }) => munition))].sort();
  return names.map((munition) => {
    const found = catalogue.find(munition, source.at.known);
    return {
      munition,
      type: found?.type ?? null,
      characteristics: found?.characteristics ?? null,
    };
  });
}
