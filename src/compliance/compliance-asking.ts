import { Inject, Injectable } from '@nestjs/common';
import { badParameter } from '../http/problem.ts';
import type { Asked } from '../journal/read-query.ts';
import { ReadingService } from '../journal/reading.service.ts';
import { lastDayReckoned } from '../treaty/calendar.ts';

type Takes = Parameters<ReadingService['asked']>[1];

/** Reads what a question about obligations asks for: its day is called `on`. */
@Injectable()
export class ComplianceAsking {
  constructor(@Inject(ReadingService) private readonly reading: ReadingService) {}

  /** @throws Problem `not-readable` */
  asked(query: unknown, takes: Takes = {}): Asked & { readonly today: string } {
    const asked = this.reading.asked(query, { ...takes, day: 'on' });
    if (asked.at.effective > lastDayReckoned) {
      throw badParameter('on', `must not be after ${lastDayReckoned}`);
    }
    return asked;
  }
}

/** What is wrong with a value that must be one of a few words, if anything. */
export function oneOf(words: readonly string[]): (value: string) => string | undefined {
  return (value) => (words.includes(value) ? undefined : `must be one of ${words.join(', ')}`);
}

/** What is wrong with a number of days, if anything. */
export function daysFault(value: string): string | undefined {
  const days = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  return days >= 1 && days <= 3_660 ? undefined : 'must be a number of days from 1 to 3660';
}
