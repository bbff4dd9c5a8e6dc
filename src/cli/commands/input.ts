import { readFile } from 'node:fs/promises';
import { Misuse } from '../failure.ts';
import type { Io } from '../io.ts';

/** The text of a file, or of standard input for "-". @throws Misuse */
export function readText(io: Io, file: string): Promise<string> {
  if (file === '-') return io.readInput();
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new Misuse(`${file} cannot be read: ${(error as Error).message}`);
  });
}

/** @throws Misuse when it is not JSON */
export function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const where = file === '-' ? 'Standard input' : file;
    throw new Misuse(`${where} is not JSON: ${(error as Error).message}`);
  }
}
