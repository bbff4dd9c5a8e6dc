import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Kept, Proposed, Written } from './server-log.ts';

const { AppendResp, ReadResp } = streams;
const { RecordedEvent } = ReadResp.ReadEvent;

export function eventMessage(kept: Kept): streams.ReadResp {
  const position = kept.position.toString();
  const id = new shared.UUID();
  id.setString(kept.id);
  const recorded = new RecordedEvent();
  recorded.setId(id);
  recorded.setStreamIdentifier(identifier(kept.stream));
  recorded.setStreamRevision(kept.revision.toString());
  recorded.setCommitPosition(position);
  recorded.setPreparePosition(position);
  recorded.getMetadataMap().set('type', kept.type);
  recorded.getMetadataMap().set('content-type', kept.contentType);
  recorded.getMetadataMap().set('created', '0');
  recorded.setData(kept.data);
  const event = new ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(position);
  const message = new ReadResp();
  message.setEvent(event);
  return message;
}

export function notFoundMessage(name: string): streams.ReadResp {
  const notFound = new ReadResp.StreamNotFound();
  notFound.setStreamIdentifier(identifier(name));
  const message = new ReadResp();
  message.setStreamNotFound(notFound);
  return message;
}

export function confirmationMessage(): streams.ReadResp {
  const confirmation = new ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId('subscription');
  const message = new ReadResp();
  message.setConfirmation(confirmation);
  return message;
}

export function caughtUpMessage(): streams.ReadResp {
  const message = new ReadResp();
  message.setCaughtUp(new ReadResp.CaughtUp());
  return message;
}

/** As the server's own while it catches up: with a prepare position of 0. */
export function checkpointMessage(position: bigint): streams.ReadResp {
  const checkpoint = new ReadResp.Checkpoint();
  checkpoint.setCommitPosition(position.toString());
  checkpoint.setPreparePosition('0');
  const message = new ReadResp();
  message.setCheckpoint(checkpoint);
  return message;
}

export function appendedMessage(written: Written, expected: number): streams.AppendResp {
  const message = new AppendResp();
  if ('last' in written) {
    const position = new AppendResp.Position();
    position.setCommitPosition(written.last.position.toString());
    position.setPreparePosition(written.last.position.toString());
    const success = new AppendResp.Success();
    success.setCurrentRevision(written.last.revision.toString());
    success.setPosition(position);
    message.setSuccess(success);
    return message;
  }
  const wrong = new AppendResp.WrongExpectedVersion();
  if (written.actual < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(written.actual.toString());
  if (expected < 0) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(expected.toString());
  message.setWrongExpectedVersion(wrong);
  return message;
}

/** What a call of the append path asks: its header, then one message for each event. */
export function appendAsked(messages: readonly streams.AppendReq[]) {
  const options = messages[0]!.getOptions()!;
  const isExact = options.hasRevision() || options.hasNoStream();
  if (!isExact) throw new Error('an append must state an exact revision');
  const events = messages.slice(1).map((message): Proposed => {
    const proposed = message.getProposedMessage()!;
    return {
      id: proposed.getId()!.getString(),
      type: proposed.getMetadataMap().get('type')!,
      contentType: proposed.getMetadataMap().get('content-type')!,
      data: proposed.getData_asU8(),
    };
  });
  return {
    stream: nameOf(options.getStreamIdentifier()!),
    expected: options.hasNoStream() ? -1 : Number(options.getRevision()),
    events,
  };
}

export function nameOf(id: shared.StreamIdentifier): string {
  return Buffer.from(id.getStreamName_asU8()).toString('utf8');
}

function identifier(name: string): shared.StreamIdentifier {
  const id = new shared.StreamIdentifier();
  id.setStreamName(Buffer.from(name).toString('base64'));
  return id;
}
