/**
 * A table of requests against small books, in the manner of a state-machine test: one row is one
 * request and what becomes of it. Every refusal that the code can give has a row.
 */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { emptyBook } from '../../src/ledger/book.ts';
import { decide, type Command, type Decision } from '../../src/ledger/decide.ts';
import type { DecidedEntry, RecordedEntry } from '../../src/ledger/entry.ts';
import { kinds } from '../../src/ledger/kinds.ts';
import { nameKey } from '../../src/ledger/holding.ts';
import { said } from '../support/book.ts';
import { refusalCodes } from '../../src/ledger/refusals.ts';
import { evolve, RunningBook } from '../../src/ledger/running-book.ts';

const now = Date.parse('2026-11-23T12:00:00Z');

interface Row {
  readonly title: string;
  readonly command: Command;
  readonly expected: string;
  /** Which of the books in the table it is asked of, counted from 1. */
  readonly book: number;
  /** That book, before anything was recorded in it. */
  readonly open: () => RunningBook;
}

function read(text: string): Row[] {
  const rows: Row[] = [];
  let book = '';
  let number = 0;
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('book ')) {
      book = line;
      number += 1;
      continue;
    }
    const [, id = '', kind = '', body = '', expected = ''] =
      /^(\S+)\s+(\S+)\s+(\{.*\}) => (.+)$/.exec(line) ?? [];
    if (id === '') throw new Error(`not a row: ${line}`);
    const members = (n: number) => `${id}/${n}`;
    const command = { id, kind, body: JSON.parse(body) as object, members } as unknown as Command;
    const inBook = { book: number, open: opened.bind(null, book) };
    rows.push({ title: `${number} ${line}`, command, expected, ...inBook });
  }
  return rows;
}

/** `book XXA`, `book XXA inflow 8999999999999999` or `book XXB shipment S-9 of XXC`. */
function opened(line: string): RunningBook {
  const [, state = '', what, value = '', , owner] = line.split(' ');
  const base = emptyBook(state);
  if (what === 'inflow') return new RunningBook({ ...base, inflow: Number(value) });
  if (what !== 'shipment') return new RunningBook(base);
  const owns = (shipment: string) => (nameKey(shipment) === nameKey(value) ? owner : undefined);
  return new RunningBook({ ...base, shipmentOwner: owns });
}

function resultOf(decision: Decision): string {
  if (decision.outcome === 'decided') return 'ok';
  if (decision.outcome === 'invalid') {
    return `invalid ${said(decision.faults)[0]?.pointer ?? ''}`.trim();
  }
  return said(decision.refusals)
    .map(({ code, pointer }) => `${code} ${pointer}`)
    .join(', ');
}

/** Decides a command, and records it when it is accepted. */
function request(command: Command, book: RunningBook): Decision {
  const decision = decide(command, book, now);
  if (decision.outcome === 'decided') {
    for (const entry of decision.entries) evolve(book, recorded(entry, book));
  }
  return decision;
}

function recorded(entry: DecidedEntry, book: RunningBook): RecordedEntry {
  const provenance = { actor: 'a', correlation: 'c', causation: null, idempotencyKey: entry.id };
  const stamp = { recordedAt: '2026-11-23T12:00:00.000Z', requestHash: '', salt: '' };
  return { ...entry, ...provenance, ...stamp, state: book.state, revision: book.revision + 1 };
}

describe('the table of requests', () => {
  const rows = read(readFileSync('test/table/requests.txt', 'utf8'));

  it.each(rows.map((row, n) => [row.title, row, n] as const))('%s', (_, row, n) => {
    const running = row.open();
    // What was accepted before is recorded again: each row can be asked alone.
    for (const { book, command, expected } of rows.slice(0, n)) {
      if (book === row.book && expected === 'ok') request(command, running);
    }
    expect(resultOf(request(row.command, running))).toBe(row.expected);
  });

  it('has a row for every refusal that the book can give', () => {
    const given = new Set(rows.map(({ expected }) => expected.split(' ')[0]));
    expect(refusalCodes.filter((code) => !given.has(code))).toEqual([]);
  });

  it('has a row that is accepted for every kind of entry', () => {
    const accepted = new Set(rows.filter((r) => r.expected === 'ok').map((r) => r.command.kind));
    expect(kinds.filter((kind) => !accepted.has(kind))).toEqual([]);
  });
});
