import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '../http/problem.ts';
import { momentAnswer } from '../journal/answers.ts';
import { pageOf } from '../journal/page-of.ts';
import { ReadingService } from '../journal/reading.service.ts';
import type { RecordedFact } from '../treaty/fact-book.ts';
import type { FactKind } from '../treaty/facts.ts';
import { FactKeeper } from './fact-keeper.ts';

/** Reads facts back, with what reversed them. */
@Injectable()
export class FactReading {
  constructor(
    @Inject(FactKeeper) private readonly keeper: FactKeeper,
    @Inject(ReadingService) private readonly reading: ReadingService,
  ) {}

  /** A page of what was recorded of a State or of none, of one kind or of all. */
  page(state: string | null, kind: FactKind | undefined, query: unknown) {
    const { at, known, page } = this.reading.asked(query, { page: true });
    const all = this.keeper.book
      .recorded(state, at.known)
      .filter(({ fact }) => kind === undefined || fact.kind === kind);
    const { items, next } = pageOf(all, ({ fact }) => cursorOf(fact.position), page);
    return { known: momentAnswer(known), items: items.map(factAnswer), next };
  }

  /** @throws Problem `not-found` */
  one(state: string | null, id: string, query: unknown) {
    const { at } = this.reading.asked(query);
    const found = this.keeper.book.recorded(state, at.known).find(({ fact }) => fact.id === id);
    if (found === undefined) throw new Problem('not-found', `There is no fact ${id.slice(0, 80)}`);
    return factAnswer(found);
  }
}

/** A position that sorts as text. */
function cursorOf(position: bigint): string {
  return position.toString().padStart(19, '0');
}

function factAnswer({ fact, reversedBy }: RecordedFact) {
  const { id, state, kind, position, revision, recordedAt, actor, body } = fact;
  return {
    fact: id,
    state,
    kind,
    position: position.toString(),
    revision: String(revision),
    recordedAt,
    actor,
    basis: body.basis ?? 'read',
    reversedBy: reversedBy?.id ?? null,
    body,
  };
}
