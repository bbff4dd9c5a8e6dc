import type { Command } from 'commander';
import type { ShipmentAnswer } from '../answers.ts';
import { Client } from '../client.ts';
import type { Io } from '../io.ts';
import { plain, signed, table } from '../table.ts';
import {
  withExample,
  withJson,
  withTimes,
  type AnswerOptions,
  type FigureOptions,
} from './options.ts';
import { asOf, printJson, stateTitle } from './output.ts';

/** What a status means, for people. */
const statuses: Readonly<Record<string, string>> = {
  'in-transit': 'On the way: the sender has dispatched it, the receiver has recorded nothing yet.',
  agreed: 'Both sides agree.',
  disagrees: 'The two sides do not agree, and nobody has explained it.',
  'no-dispatch': 'The receiver has recorded it, the sender has not dispatched it.',
  explained: 'The two sides do not agree, and it is explained.',
};

/** `shipment`: what the sender and the receiver say, beside each other. */
export function addShipment(program: Command, io: Io): void {
  const command = program
    .command('shipment <id>')
    .description('both sides of a shipment, and whether they agree');
  withExample(
    withJson(withTimes(command)),
    'shipment XXA-2010-1',
    'shipment XXA-2010-1 --effective 2010-12-31',
  ).action(async (id: string, options: FigureOptions & AnswerOptions) => {
    const { effective, known } = options;
    const path = `/v1/shipments/${encodeURIComponent(id)}`;
    const answer = await Client.of(io).get<ShipmentAnswer>(path, { effective, known });
    if (options.json) printJson(io, answer);
    else printShipment(io, answer);
  });
}

function printShipment(io: Io, answer: ShipmentAnswer): void {
  const [from, to] = [answer.sender, answer.receiver].map((code) =>
    code === null ? 'not recorded' : stateTitle(code),
  );
  io.out(`Shipment ${plain(answer.shipment)}, from ${from} to ${to}`);
  io.out(asOf(answer.effective, answer.known));
  io.out(statuses[answer.status] ?? answer.status);
  const columns = [{ head: 'munition' }, { head: 'lot' }];
  const numbers = ['sent', 'came back', 'received', 'given back', 'sender’s less receiver’s'].map(
    (head) => ({ head, number: true }),
  );
  const rows = answer.lines.map((line) => [
    line.munition,
    line.lot,
    line.dispatched,
    line.returned,
    line.received,
    line.givenBack,
    signed(line.difference),
  ]);
  io.out(table([...columns, ...numbers], rows));
  const titleDiffers = answer.lines.reduce((sum, line) => sum + line.titleDiffers, 0);
  if (titleDiffers === 0) return;
  io.out(
    `Of ${titleDiffers} that both sides have, they do not agree whose they are: one keeps them as ` +
      'the sender’s (custody), the other as the receiver’s own.',
  );
}
