import { reportSchema } from './report-maker.ts';
import { report } from './schemas.ts';

/**
 * The JSON Schema of an Article 7 report, made to be used by others: it says nothing of this service
 * but where a quantity is explained. A change that a reader would notice has another number.
 */
export const reportJsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: reportSchema,
  title: 'Article 7 report under the Anti-Personnel Mine Ban Convention',
  ...report,
};
