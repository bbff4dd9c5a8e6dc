import type { BookList } from '../book/book-list.ts';
import { byShipment, daysOf, isMine, keyOf, plainName, type Spot } from '../book/spot.ts';
import type { Part, StepLine } from './steps.ts';

/** A line as it is asked for, with the names that any kind may have. */
export interface AskedLine {
  munition: string;
  lot?: string;
  site?: string;
  institution?: string;
  quantity: number;
  precision?: 'approximate' | 'at-least';
}

/** Five ways to write the same name. */
export function spelt(name: string, spelling: number): string {
  const written = [
    name,
    name.toLowerCase(),
    name.toUpperCase().replace(' ', '\u00a0'),
    ` ${name.replace(' ', '  ')}`,
    `${name}\u200b`,
  ];
  return written[spelling] ?? name;
}

/** The parts of a place that are recorded, written in some way. */
export function placeIn(
  place: Pick<Spot, 'munition' | 'lot' | 'site' | 'institution'>,
  spelling: number,
) {
  return {
    munition: spelt(place.munition, spelling),
    ...(place.lot !== '' && { lot: spelt(place.lot, spelling) }),
    ...(place.site !== '' && { site: spelt(place.site, spelling) }),
    ...(place.institution !== '' && { institution: spelt(place.institution, spelling) }),
  };
}

/** Holdings that a step can draw on: of mines, and not empty from its day on. */
export function thereFor({ kind, date }: Part, book: BookList): Spot[] {
  const { last } = daysOf(date);
  const counts = kind === 'count';
  return book
    .notEmpty(counts ? '9999-12-31' : last)
    .filter((s) => isMine(s.account) && (counts || book.lowestFrom(keyOf(s), last) > 0));
}

/** How much of a holding a line asks for. */
export function shareOf(line: StepLine, least: number): number {
  const some = Math.max(1, Math.ceil(least / 2));
  return { one: 1, some, all: least, 'too many': least + 1, none: 0 }[line.share];
}

/** Lines that draw on what an account (and a shipment) holds; any place, where nothing must be. */
export function linesFrom(
  step: Part,
  account: string,
  shipment: string | undefined,
  book: BookList,
  there: readonly Spot[],
): AskedLine[] {
  const mine = there.filter(
    (s) => s.account === account && (!shipment || s.shipment === plainName(shipment)),
  );
  const { last } = daysOf(step.date);
  const nothing = step.kind === 'count' || step.kind === 'use' || step.choice === 17;
  return step.lines.map((line, n) => {
    const spot = step.free ? undefined : mine[(line.aim + n) % mine.length];
    const place = spot ?? (byShipment(account) ? { ...line, site: '', institution: '' } : line);
    const least = spot ? book.lowestFrom(keyOf(spot), last) : line.quantity;
    const quantity = shareOf(line, least);
    return {
      ...placeIn(place, line.spelling),
      quantity: quantity === 0 && !nothing ? Math.max(1, Math.ceil(least / 2)) : quantity,
      ...(line.precision !== 'exact' && { precision: line.precision }),
    };
  });
}

/** The same lines, saying where the mines go. */
export function moving(step: Part, lines: readonly AskedLine[]) {
  return lines.map((l, n) => {
    const { toLot: lot = '', toSite = '', toInstitution = '' } = step.lines[n] ?? {};
    const toLot = step.kind === 'movement' && step.choice % 2 === 0 ? 'D' : lot;
    const shipped = step.kind === 'movement' && l.site === undefined && step.choice % 3 === 0;
    return {
      ...l,
      ...(toLot !== '' && { toLot }),
      ...(toSite !== '' && !shipped && { toSite }),
      ...(toInstitution !== '' && !shipped && { toInstitution }),
    };
  });
}
