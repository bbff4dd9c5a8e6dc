import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startThrowAway, type ThrowAway } from './service.ts';

/** A service that is ready on its second answer and repeats its settings. */
const stub = `
  let answers = 0;
  require('node:http').createServer((request, response) => {
    response.statusCode = ++answers > 1 ? 200 : 503;
    const { STOCKPILE_BOOTSTRAP_KEY: key, STOCKPILE_DATA: data, STOCKPILE_OTHER: other } = process.env;
    response.end(JSON.stringify({ key, data, other }));
  }).listen(Number(process.env.PORT), process.env.HOST);
`;

let service: ThrowAway | undefined;

afterEach(() => service?.stop());

describe('The throw-away service', () => {
  it('starts with settings of its own, is waited for, and leaves nothing behind', async () => {
    process.env.STOCKPILE_OTHER = 'of a service that runs here otherwise';
    service = await startThrowAway(['-e', stub]);
    delete process.env.STOCKPILE_OTHER;
    const answer: unknown = await (await fetch(service.url)).json();
    expect(answer).toEqual({ key: service.key, data: expect.stringContaining(service.folder) });
    expect(existsSync(service.folder)).toBe(true);

    await service.stop();
    expect(existsSync(service.folder)).toBe(false);
    await expect(fetch(service.url)).rejects.toThrow();
    expect(process.listenerCount('SIGTERM')).toBe(0);
  });

  it('that does not start says what it said', async () => {
    const failing = startThrowAway(['-e', 'console.error("port in use"); process.exit(1)']);
    await expect(failing).rejects.toThrow('The service did not start.\nport in use');
  });
});
