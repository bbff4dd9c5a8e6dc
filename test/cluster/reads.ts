import { status, type ServerWritableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  nameOf,
  notFoundMessage,
} from './messages.ts';
import type { FeedFault } from './fake-server.ts';
import type { Kept, ServerLog } from './server-log.ts';

type Call = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** How many events a server looks through between two checkpoints. */
const checkpointEvery = 32;

/** Answers a read of a stream or of all, or a filtered subscription to all. */
export function answerRead(
  log: ServerLog,
  call: Call,
  fault?: FeedFault,
  isHeld: () => boolean = () => false,
): void {
  call.on('error', () => undefined);
  const options = call.request.getOptions()!;
  if (options.hasStream()) readStream(log, call);
  else if (options.hasSubscription()) subscribe(log, call, fault, isHeld);
  else readAll(log, call);
}

function readStream(log: ServerLog, call: Call): void {
  const options = call.request.getOptions()!;
  const stream = options.getStream()!;
  const name = nameOf(stream.getStreamIdentifier()!);
  const events = log.stream(name);
  if (events.length === 0) {
    call.write(notFoundMessage(name));
  } else if (isBackwards(options)) {
    sendSome(call, events.toReversed());
  } else {
    sendSome(call, events.slice(stream.hasRevision() ? Number(stream.getRevision()) : 0));
  }
  call.end();
}

function readAll(log: ServerLog, call: Call): void {
  const options = call.request.getOptions()!;
  const from = startOf(log, options.getAll()!);
  if (from === undefined) {
    call.emit('error', { code: status.UNKNOWN, details: 'Unexpected ReadAllResult: Error' });
    return;
  }
  if (isBackwards(options)) sendSome(call, log.all.slice(0, from).toReversed());
  else sendSome(call, log.all.slice(from));
  call.end();
}

function subscribe(
  log: ServerLog,
  call: Call,
  fault: FeedFault | undefined,
  isHeld: () => boolean,
): void {
  const options = call.request.getOptions()!;
  const from = startOf(log, options.getAll()!);
  // What a server does with a position at which nothing begins: nothing at all.
  if (from === undefined) return;
  call.write(confirmationMessage());
  if (fault === 'stalled') return;
  const [prefix = ''] = options.getFilter()!.getStreamIdentifier()!.getPrefixList();
  // A subscription goes on behind its position.
  let next = options.getAll()!.hasPosition() ? from + 1 : from;
  let looked = 0;
  let isBusy = false;
  const pump = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    while (next < log.all.length && !call.cancelled && !isHeld()) {
      const event = log.all[next++]!;
      looked += 1;
      if (event.stream.startsWith(prefix)) await send(call, event, fault);
      if (looked % checkpointEvery === 0) call.write(checkpointMessage(event.position));
      if (fault === 'too-slow' && event.stream.startsWith(prefix)) {
        call.emit('error', { code: status.ABORTED, details: 'Consumer too slow' });
        return;
      }
    }
    isBusy = false;
  };
  const stop = log.listen(() => void pump());
  call.on('cancelled', stop);
  void pump().then(() => call.write(caughtUpMessage()));
}

async function send(call: Call, event: Kept, fault: FeedFault | undefined): Promise<void> {
  for (let times = fault === 'doubled' ? 2 : 1; times > 0; times -= 1) {
    if (call.write(eventMessage(event))) continue;
    await new Promise<void>((resolve) => {
      call.once('drain', resolve);
      call.once('cancelled', () => resolve());
    });
  }
}

/** Where in the log a call begins, undefined for a position within it where nothing begins. */
function startOf(log: ServerLog, all: streams.ReadReq.Options.AllOptions): number | undefined {
  if (all.hasStart()) return 0;
  if (all.hasEnd()) return log.all.length;
  const position = BigInt(all.getPosition()!.getCommitPosition());
  if (position > (log.all.at(-1)?.position ?? 0n)) return log.all.length;
  const index = log.indexOf(position);
  return index < 0 ? undefined : index;
}

function isBackwards(options: streams.ReadReq.Options): boolean {
  return options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
}

function sendSome(call: Call, events: readonly Kept[]): void {
  const count = Number(call.request.getOptions()!.getCount());
  for (const event of events.slice(0, count)) call.write(eventMessage(event));
}
