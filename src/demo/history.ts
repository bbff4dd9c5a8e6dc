import { readdir, readFile } from 'node:fs/promises';

/** A figure of one State, as it is asked of the ledger. */
export interface FigureQuery {
  readonly state: string;
  /** `remaining`, `retained`, `unaccounted`, `custody`, an account, or `declared` for all stock taken in. */
  readonly figure: string;
  readonly effective: string;
  /** Only what came after the end of this day. */
  readonly after?: string;
  readonly munition?: string;
  readonly institution?: string;
  /** Only what this entry of the history moved; counted from 1. */
  readonly entry?: number;
}

/** An entry to post: `facts` names the published figures that it rests on. */
export interface HistoryEntry {
  readonly kind: string;
  readonly source: string;
  readonly facts: readonly string[];
  readonly note?: string;
  /** How large the difference is that it opens in the ledger; none unless said. */
  readonly opens?: number;
  /** As it is posted; `@entry:5` in it means the id of this history's fifth entry. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A published figure, laid beside the ledger's. */
export interface Check extends Omit<FigureQuery, 'state'> {
  readonly fact: string;
  readonly published: number;
  /** How the source qualifies its figure; exact when it does not. */
  readonly qualifier?: 'at-least' | 'approximate' | 'rounded';
  readonly source: string;
  readonly note?: string;
  readonly expect: 'agrees' | 'differs';
  /** The ledger's figure less the published one. */
  readonly difference?: number;
}

/** What no source answers, beside the differences that stand open in the ledger. */
export interface Open {
  readonly what: string;
  readonly facts: readonly string[];
  readonly source: string;
}

/** What a State owed on a day, as far as the published facts make it certain. */
export interface Owed {
  readonly on: string;
  readonly certain: readonly {
    readonly article: string;
    readonly due: string;
    readonly status: string;
  }[];
}

/** How many States were bound on a day, as published. */
export interface PublishedMembership {
  readonly on: string;
  readonly figure: 'parties' | 'deposited';
  readonly published: number;
  readonly source: string;
}

/** The published history of one State, turned into entries. */
export interface History {
  readonly state: string;
  readonly entries: readonly HistoryEntry[];
  readonly checks: readonly Check[];
  readonly open: readonly Open[];
  readonly obligations: Owed;
}

/** A side of a sum: a figure of the ledger, or a published one that the ledger does not have. */
export type Term = (FigureQuery | { readonly published: number; readonly source: string }) & {
  readonly minus?: true;
  readonly note?: string;
};

/** A sum between published figures, and whether it holds. */
export interface Sum {
  readonly id: string;
  readonly statement: string;
  readonly left: readonly Term[];
  readonly right: readonly Term[];
  readonly holds: boolean;
  readonly leftSum: number;
  readonly rightSum: number;
}

const folder = new URL('../../demo/', import.meta.url);

/** Every history in the repository, by code of the State. */
export async function loadHistories(): Promise<History[]> {
  const names = (await readdir(new URL('histories/', folder))).filter((n) => n.endsWith('.json'));
  return Promise.all(names.sort().map((name) => load<History>(`histories/${name}`)));
}

/** The sums between published figures. */
export function loadSums(): Promise<Sum[]> {
  return load<Sum[]>('published-sums.json');
}

export function loadMembership(): Promise<PublishedMembership[]> {
  return load<PublishedMembership[]>('published-membership.json');
}

async function load<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(new URL(name, folder), 'utf8')) as T;
}
