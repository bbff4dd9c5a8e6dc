import en from '../text/en.json' with { type: 'json' };

/** The words of the forms in one language: another language is another file. */
export type Texts = typeof en;

const languages: Readonly<Record<string, Texts>> = { en };

export const languageCodes = Object.keys(languages);

/** @throws RangeError for a language that there are no texts in */
export function textsIn(language: string): Texts {
  const texts = languages[language];
  if (texts === undefined) throw new RangeError(`there are no texts in "${language}"`);
  return texts;
}

/** Puts values where a text names them in braces. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
