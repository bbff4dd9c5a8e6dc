/**
 * A calendar that only knows what day comes next, and clocks that only count days as they pass.
 * Nothing here computes a date from another: a deadline is the day on which a clock rings.
 */

/** A day as a number that sorts: 20100731. */
export type Stamp = number;

/** How a day is written. */
export function dayText(stamp: Stamp): string {
  const digits = String(stamp);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** A wall calendar from which one sheet is torn each day. */
export class WallCalendar {
  year: number;
  month: number;
  day: number;
  /** The day before. */
  eve: Stamp = 0;

  constructor(year: number, month: number, day: number) {
    this.year = year;
    this.month = month;
    this.day = day;
  }

  get stamp(): Stamp {
    return this.year * 10_000 + this.month * 100 + this.day;
  }

  get isLastOfMonth(): boolean {
    return this.day === this.#length();
  }

  /** The calendar as it is today. */
  copy(): WallCalendar {
    return new WallCalendar(this.year, this.month, this.day);
  }

  tear(): void {
    this.eve = this.stamp;
    this.day++;
    if (this.day <= this.#length()) return;
    this.day = 1;
    this.month++;
    if (this.month <= 12) return;
    this.month = 1;
    this.year++;
  }

  #length(): number {
    if (this.month === 2) {
      if (this.year % 400 === 0) return 29;
      if (this.year % 100 === 0) return 28;
      return this.year % 4 === 0 ? 29 : 28;
    }
    return [4, 6, 9, 11].includes(this.month) ? 30 : 31;
  }
}

/** Whether the same day of the month comes round today, or the last one where there is none. */
function comesRound(day: number, now: WallCalendar): boolean {
  return now.day === day || (now.isLastOfMonth && now.day < day);
}

/** Counts something as the days pass, from the day after it was wound, and rings once. */
export abstract class Clock {
  /** The day on which it rang, and the day after. */
  rang: Stamp | undefined;
  after: Stamp | undefined;

  tick(now: WallCalendar): void {
    if (this.rang !== undefined) this.after ??= now.stamp;
    else if (this.counts(now)) this.rang = now.stamp;
  }

  /** Notes a day; true on the last one. */
  protected abstract counts(now: WallCalendar): boolean;

  /** Whether its day has passed. */
  get isOver(): boolean {
    return this.after !== undefined;
  }
}

export class FirstsOfMonth extends Clock {
  #left: number;

  constructor(count: number) {
    super();
    this.#left = count;
  }

  protected counts(now: WallCalendar): boolean {
    if (now.day === 1) this.#left--;
    return this.#left === 0;
  }
}

export class Months extends Clock {
  readonly #day: number;
  #left: number;

  constructor(from: WallCalendar, count: number) {
    super();
    this.#day = from.day;
    this.#left = count;
  }

  protected counts(now: WallCalendar): boolean {
    if (comesRound(this.#day, now)) this.#left--;
    return this.#left === 0;
  }
}

export class Anniversaries extends Clock {
  readonly #month: number;
  readonly #day: number;
  #left: number;

  constructor(from: WallCalendar, count: number) {
    super();
    this.#month = from.month;
    this.#day = from.day;
    this.#left = count;
  }

  protected counts(now: WallCalendar): boolean {
    if (now.month === this.#month && comesRound(this.#day, now)) this.#left--;
    return this.#left === 0;
  }
}

export class Days extends Clock {
  #left: number;

  constructor(count: number) {
    super();
    this.#left = count;
  }

  protected counts(): boolean {
    this.#left--;
    return this.#left === 0;
  }
}

/** Rings on a day of the year: the next 30 April. */
export class NextDayOfYear extends Clock {
  readonly #month: number;
  readonly #day: number;

  constructor(month: number, day: number) {
    super();
    this.#month = month;
    this.#day = day;
  }

  protected counts(now: WallCalendar): boolean {
    return now.month === this.#month && now.day === this.#day;
  }
}

/** Rings on a day that somebody named. */
export class Named extends Clock {
  readonly #on: Stamp;

  constructor(day: string) {
    super();
    this.#on = Number(day.replaceAll('-', ''));
  }

  protected counts(now: WallCalendar): boolean {
    return now.stamp === this.#on;
  }
}

/** One end of a date as written; what is not said is undefined. */
interface Written {
  readonly year: number;
  readonly month: number | undefined;
  readonly day: number | undefined;
}

/** A date as given (a day, month, year or interval of them), held against the calendar. */
export class WrittenDate {
  readonly text: string;
  readonly #from: Written;
  readonly #to: Written;

  constructor(text: string) {
    this.text = text;
    const [from = '', to = from] = text.split('/');
    this.#from = written(from);
    this.#to = written(to);
  }

  /** Whether only one day can be meant. */
  get isDay(): boolean {
    return !this.text.includes('/') && this.#to.day !== undefined;
  }

  beginsToday(now: WallCalendar): boolean {
    const { year, month = 1, day = 1 } = this.#from;
    return now.year === year && now.month === month && now.day === day;
  }

  /** Whether its last day is today: then it has happened. */
  endsToday(now: WallCalendar): boolean {
    const { year, month = 12, day } = this.#to;
    if (now.year !== year || now.month !== month) return false;
    return day === undefined ? now.isLastOfMonth : now.day === day;
  }
}

function written(text: string): Written {
  const [year = '', month, day] = text.split('-');
  return {
    year: Number(year),
    month: month === undefined ? undefined : Number(month),
    day: day === undefined ? undefined : Number(day),
  };
}

/** Something with a written date, as the days pass: not yet, perhaps by now, done. */
export class Passing {
  readonly date: WrittenDate;
  /** The first day on which it may have happened, and the day before that. */
  begun: Stamp | undefined;
  eve: Stamp = 0;
  /** The day by which it has happened, and the day before that. */
  done: Stamp | undefined;
  doneEve: Stamp = 0;

  constructor(text: string) {
    this.date = new WrittenDate(text);
  }

  pass(now: WallCalendar): void {
    if (this.done !== undefined) return;
    if (this.date.beginsToday(now)) {
      this.begun = now.stamp;
      this.eve = now.eve;
    }
    if (this.date.endsToday(now)) {
      this.done = now.stamp;
      this.doneEve = now.eve;
    }
  }
}
