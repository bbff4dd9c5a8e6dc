/** What stands in one field of a table. */
export type Cell = string | number | null;

export interface Column {
  readonly head: string;
  /** Numbers stand to the right. */
  readonly number?: boolean;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The last line, set apart; undefined for a table without quantities. */
  readonly total?: readonly Cell[];
}

export type Block =
  | {
      readonly kind: 'title' | 'heading' | 'subheading' | 'paragraph' | 'note';
      readonly text: string;
    }
  | { readonly kind: 'page' }
  | TableBlock;

/** A report laid out: what every format shows, each in its own way. */
export interface Document {
  readonly title: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** At the foot of every page. */
  readonly footer: string;
  /** The words of the page number, with `{page}` and `{pages}`. */
  readonly pageNumber: string;
  /** The instant that the figures are of: the date that the file itself bears. */
  readonly made: Date;
  readonly blocks: readonly Block[];
}
