import type { WallCalendar } from './calendar-walk.ts';
import { WrittenDate } from './calendar-walk.ts';
import type { Posting } from './toy-stock.ts';

/** One find as the days pass: what is still there of it. */
export interface FindOnShelf {
  readonly entry: string;
  left: number;
}

/** What the retained mines did in a calendar year. */
export interface RetainedInYear {
  readonly atStart: number;
  held: number;
  grewWithoutReason: boolean;
  accounted: boolean;
}

/** A State's mines as they stand at the end of the day the calendar shows. */
export class Shelf {
  known = false;
  remaining = 0;
  unverifiable = 0;
  custody = 0;
  readonly finds = new Map<string, FindOnShelf>();
  readonly years = new Map<number, RetainedInYear>();
  #retained = 0;
  readonly #coming: { posting: Posting; date: WrittenDate }[];

  constructor(postings: readonly Posting[]) {
    this.#coming = postings.map((posting) => ({ posting, date: new WrittenDate(posting.date) }));
  }

  /** Takes in and gives out what is posted for today. @returns what was found today */
  pass(now: WallCalendar): readonly FindOnShelf[] {
    const year = this.years.get(now.year) ?? {
      atStart: this.#retained,
      held: this.#retained,
      grewWithoutReason: false,
      accounted: false,
    };
    this.years.set(now.year, year);
    const found: FindOnShelf[] = [];
    for (const { posting, date } of this.#coming) {
      if (!date.endsToday(now)) continue;
      this.known = true;
      if (posting.what === 'found') {
        const find = { entry: posting.entry, left: posting.quantity };
        this.finds.set(posting.entry, find);
        found.push(find);
      }
      this.#post(posting, year);
    }
    year.held = this.#retained;
    return found;
  }

  #post({ what, quantity, find, reason }: Posting, year: RetainedInYear): void {
    switch (what) {
      case 'declared':
      case 'found':
        this.remaining += quantity;
        break;
      case 'destroyed': {
        this.remaining -= quantity;
        const from = find === undefined ? undefined : this.finds.get(find);
        if (from !== undefined) from.left -= quantity;
        break;
      }
      case 'out-of-control':
        this.unverifiable += quantity;
        break;
      case 'custody-in':
        this.custody += quantity;
        break;
      case 'custody-out':
        this.custody -= quantity;
        break;
      case 'retained':
        this.#retained += quantity;
        if (reason === undefined) year.grewWithoutReason = true;
        break;
      case 'used':
        this.#retained -= quantity;
        year.accounted = true;
        break;
    }
  }
}
