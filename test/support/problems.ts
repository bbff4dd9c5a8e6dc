import { expect } from '@jest/globals';
import { problems, type ProblemName } from '../../src/http/problem.ts';
import type { Answer } from './service.ts';

/** Expects a problem of RFC 9457, whole and well formed, and gives the pointers of its errors. */
export function expectProblem(answer: Answer, name: ProblemName): string[] {
  const [status, title] = problems[name];
  expect([answer.status, answer.body.type]).toEqual([status, `urn:stockpile-ledger:${name}`]);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.body).toEqual({
    type: `urn:stockpile-ledger:${name}`,
    title,
    status,
    detail: expect.stringMatching(/\S/),
    errors: expect.any(Array),
  });
  for (const error of answer.body.errors) {
    expect(error).toMatchObject({
      pointer: expect.stringMatching(/^$|^[/?]/),
      detail: expect.stringMatching(/\S/),
    });
  }
  return answer.body.errors.map(({ pointer }) => pointer);
}
