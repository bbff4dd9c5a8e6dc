import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import type { ApiKey } from '../answers.ts';
import { Client } from '../client.ts';
import type { Io } from '../io.ts';
import { plain, table } from '../table.ts';
import {
  withExample,
  withJson,
  withLimit,
  type AnswerOptions,
  type ListOptions,
} from './options.ts';
import { noteMore, printJson } from './output.ts';

const roles = ['authority', 'auditor', 'reporting', 'secretariat', 'administrator'];

interface AddOptions extends AnswerOptions {
  readonly role: string;
  readonly states: string;
}

/** `keys`: who may use the service. */
export function addKeys(program: Command, io: Io): void {
  const keys = program.command('keys').description('API keys: make, list and revoke them');
  addAdd(keys, io);
  addList(keys, io);
  addRevoke(keys, io);
}

function addAdd(keys: Command, io: Io): void {
  const command = keys
    .command('add <name>')
    .description('make a key and show it once')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .requiredOption('--states <codes>', 'for which States: codes with commas, or "all"');
  withExample(withJson(command), 'keys add "depot clerk" --role authority --states XXA').action(
    async (name: string, { role, states, json }: AddOptions) => {
      const body = { name, role, states: states === 'all' ? states : list(states) };
      const { body: made } = await Client.of(io).post<ApiKey>('/v1/keys', {
        body: JSON.stringify(body),
        idempotencyKey: randomUUID(),
      });
      if (json) return printJson(io, made);
      io.out(`Key ${made.id} for ${plain(made.name)} (${made.role}, ${statesOf(made)})`);
      io.out(
        `\n  ${made.key ?? ''}\n\nIt is shown this once only; keep it where only its user sees it.`,
      );
    },
  );
}

function addList(keys: Command, io: Io): void {
  const command = keys.command('list').description('every key, without its secret');
  withExample(withJson(withLimit(command)), 'keys list').action(async (options: ListOptions) => {
    const page = await Client.of(io).list<ApiKey>('/v1/keys', {}, options.limit);
    if (options.json) return printJson(io, page);
    const columns = ['id', 'name', 'role', 'States', 'made', 'by', 'revoked'];
    const rows = page.items.map((key) => [
      key.id,
      key.name,
      key.role,
      statesOf(key),
      key.createdAt,
      key.createdBy,
      key.revokedAt,
    ]);
    io.out(
      table(
        columns.map((head) => ({ head })),
        rows,
      ),
    );
    noteMore(io, page);
  });
}

function addRevoke(keys: Command, io: Io): void {
  const command = keys.command('revoke <id>').description('end a key, at once and for good');
  withExample(withJson(command), 'keys revoke <id>').action(
    async (id: string, { json }: AnswerOptions) => {
      await Client.of(io).delete(`/v1/keys/${encodeURIComponent(id)}`, {
        idempotencyKey: randomUUID(),
      });
      if (json) printJson(io, { id, revoked: true });
      else io.out(`Key ${id} is revoked.`);
    },
  );
}

function list(codes: string): string[] {
  return codes
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '');
}

function statesOf(key: ApiKey): string {
  return typeof key.states === 'string' ? 'all States' : key.states.join(', ');
}
