import type { FastifyReply } from 'fastify';
import { formats, mediaTypes, written, type Format } from './formats/formats.ts';
import { layouts, type Layout, type Sheets } from './formats/layouts.ts';
import { languageCodes, textsIn } from './formats/texts.ts';

/** Parameters of every route that gives a report, in words. */
export const formatQuery = {
  format: `One of ${formats.join(', ')}; json unless said`,
  layout: 'The Forms A to J, or the sections of the Guide to Reporting: forms (unless said), guide',
  language: `The language of headings: ${languageCodes.join(', ')}; en unless said`,
};

/** What is wrong with a value of them, if anything. */
export const formatParameters = {
  format: oneOf(formats),
  layout: oneOf(layouts),
  language: oneOf(languageCodes),
};

/** Gives a report as it is asked for: as a file, or as JSON. */
export async function inFormat<T>(
  sheets: Sheets,
  asked: Readonly<Record<string, string | undefined>>,
  name: string,
  reply: FastifyReply,
  answer: T,
): Promise<T | Buffer> {
  const format = (asked['format'] ?? 'json') as Format;
  if (format === 'json') return answer;
  const layout = (asked['layout'] ?? 'forms') as Layout;
  const file = await written(format, sheets, layout, textsIn(asked['language'] ?? 'en'));
  // A page is looked at, every other file is kept.
  const how = format === 'html' ? 'inline' : 'attachment';
  void reply
    .header('Content-Type', mediaTypes[format])
    .header('Content-Disposition', `${how}; filename="${name}.${format}"`)
    .header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
    .header('X-Content-Type-Options', 'nosniff');
  return file;
}

function oneOf(words: readonly string[]): (value: string) => string | undefined {
  return (value) => (words.includes(value) ? undefined : `must be one of ${words.join(', ')}`);
}
