import type { Account } from '../ledger/accounts.ts';
import type { FlowGrouping } from '../journal/flows.ts';

/** The forms of the Article 7 report (APLC/MSP.1/1999/L.4 as amended). */
export const formLetters = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'] as const;
export type FormLetter = (typeof formLetters)[number];

/** Where the lines of a table come from. */
export type Lines =
  /** What is held at the end of the period, and how it came to that. */
  | {
      readonly kind: 'held';
      readonly figure: 'remaining' | 'retained';
      readonly by: readonly FlowGrouping[];
    }
  /** What went into an account in the period, and since the entry into force. */
  | { readonly kind: 'gone'; readonly account: Account; readonly by: readonly FlowGrouping[] }
  /** Stock found after the deadline or a declared completion. */
  | { readonly kind: 'found' }
  /** Destroyed of what was so found. */
  | { readonly kind: 'found-destroyed' }
  /** Sent to or received from another State for this purpose. */
  | { readonly kind: 'transferred'; readonly purpose: 'training' | 'destruction' }
  /** Sites, methods and standards of destruction under an article. */
  | { readonly kind: 'programme'; readonly article: '4' | '5' }
  /** Technical characteristics of the types that the State holds or held. */
  | { readonly kind: 'characteristics' }
  /** Words of the authority. */
  | { readonly kind: 'text' };

/** A table or a text of a form. `id` names its headings in the catalogue of texts. */
export interface TableDefinition {
  readonly id: string;
  readonly lines: Lines;
}

export interface FormDefinition {
  readonly form: FormLetter;
  readonly article: string;
  readonly tables: readonly TableDefinition[];
}

const text = (id: string): TableDefinition => ({ id, lines: { kind: 'text' } });

/**
 * What stands in which form: the one place where tables and the accounts behind them are tied.
 * Headings are in `text/`; those from memory of the forms are marked there.
 */
export const forms: readonly FormDefinition[] = [
  { form: 'A', article: '7.1 a', tables: [text('A')] },
  {
    form: 'B',
    article: '7.1 b',
    tables: [
      { id: 'B1', lines: { kind: 'held', figure: 'remaining', by: ['munition', 'lot'] } },
      { id: 'B2', lines: { kind: 'found' } },
    ],
  },
  { form: 'C', article: '7.1 c', tables: [text('C')] },
  {
    form: 'D',
    article: '7.1 d',
    tables: [
      {
        id: 'D1',
        lines: { kind: 'held', figure: 'retained', by: ['institution', 'munition', 'lot'] },
      },
      text('D1b'),
      { id: 'D2', lines: { kind: 'transferred', purpose: 'training' } },
      { id: 'D3', lines: { kind: 'transferred', purpose: 'destruction' } },
    ],
  },
  { form: 'E', article: '7.1 e', tables: [text('E')] },
  {
    form: 'F',
    article: '7.1 f',
    tables: [
      { id: 'F1', lines: { kind: 'programme', article: '4' } },
      { id: 'F2', lines: { kind: 'programme', article: '5' } },
      text('F'),
    ],
  },
  {
    form: 'G',
    article: '7.1 g',
    tables: [
      {
        id: 'G1',
        lines: { kind: 'gone', account: 'gone/destroyed-article-4', by: ['munition', 'lot'] },
      },
      { id: 'G1b', lines: { kind: 'found-destroyed' } },
      { id: 'G2', lines: { kind: 'gone', account: 'gone/destroyed-article-5', by: ['munition'] } },
    ],
  },
  {
    form: 'H',
    article: '7.1 h',
    tables: [{ id: 'H2', lines: { kind: 'characteristics' } }, text('H')],
  },
  { form: 'I', article: '7.1 i', tables: [text('I')] },
  { form: 'J', article: 'voluntary', tables: [text('J')] },
];

/** Every text that an authority may write: parts of the forms, and what stands before them. */
export const narrativeParts: readonly string[] = [
  'contact',
  'remarks',
  ...forms.flatMap(({ tables }) =>
    tables.filter(({ lines }) => lines.kind === 'text').map(({ id }) => id),
  ),
];
