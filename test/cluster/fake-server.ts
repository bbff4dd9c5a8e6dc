import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import { appendAsked, appendedMessage } from './messages.ts';
import { answerRead } from './reads.ts';
import { ServerLog } from './server-log.ts';

/**
 * What befalls one append.
 * - `lost-reply`: recorded, and the connection breaks; `lost-request`: it breaks before
 * - `no-reply`: recorded, and never answered; `no-answer`: neither
 * - `parked`: recorded once `release` is called, and never answered
 * - the others: the error that a server gives
 */
export type AppendFault =
  | ('lost-reply' | 'lost-request' | 'no-reply' | 'no-answer' | 'parked')
  | ('not-leader' | 'not-ready' | 'write-timeout' | 'denied' | 'too-large');

/** What befalls one subscription: silent from the start, cut as too slow, or all of it twice. */
export type FeedFault = 'stalled' | 'too-slow' | 'doubled';

/** A server in this process that speaks the streams protocol, and fails as it is told to. */
export class FakeServer {
  readonly log: ServerLog;
  readonly appendFaults: AppendFault[] = [];
  readonly feedFaults: FeedFault[] = [];
  /** Positions from which subscriptions were asked for, 0 for the start. */
  readonly subscribedFrom: bigint[] = [];
  appends = 0;
  /** Calls that have reached it on the client's other append path, which must not be used. */
  batchCalls = 0;
  /** A frozen server takes every call and answers none. */
  isFrozen = false;
  /** Subscriptions bring nothing new. */
  isHoldingFeeds = false;
  port = 0;
  #server: Server | undefined;
  readonly #parked: (() => void)[] = [];

  constructor(log = new ServerLog()) {
    this.log = log;
  }

  /** Listens, on the port it had before or on a free one. */
  async start(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    server.addService(streamsService.StreamsService, {
      append: this.#append.bind(this),
      read: this.#read.bind(this),
      batchAppend: () => (this.batchCalls += 1),
      delete: unimplemented,
      tombstone: unimplemented,
    });
    server.addService(featuresService.ServerFeaturesService, { getSupportedMethods });
    server.addService(gossipService.GossipService, { read: this.#gossip.bind(this) });
    this.port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(
        `127.0.0.1:${this.port}`,
        ServerCredentials.createInsecure(),
        (error, port) => (error ? reject(error) : resolve(port)),
      ),
    );
    this.#server = server;
  }

  /** Breaks every connection, as a process that is killed does. */
  kill(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  /** Records what was parked. */
  release(): void {
    for (const record of this.#parked.splice(0)) record();
  }

  #append(
    call: ServerReadableStream<streams.AppendReq, streams.AppendResp>,
    answer: sendUnaryData<streams.AppendResp>,
  ): void {
    const messages: streams.AppendReq[] = [];
    call.on('error', () => undefined);
    call.on('data', (message: streams.AppendReq) => messages.push(message));
    call.on('end', () => {
      this.appends += 1;
      if (this.isFrozen) return;
      const { stream, expected, events } = appendAsked(messages);
      const record = () => this.log.append(stream, expected, events);
      const fault = this.appendFaults.shift();
      if (fault === undefined) return answer(null, appendedMessage(record(), expected));
      if (fault === 'lost-reply' || fault === 'no-reply') record();
      if (fault === 'parked') this.#parked.push(record);
      const error = this.#errorOf(fault);
      if (error !== undefined) answer(error);
    });
  }

  #errorOf(fault: AppendFault) {
    const metadata = new Metadata();
    switch (fault) {
      case 'no-reply':
      case 'no-answer':
      case 'parked':
        return undefined;
      case 'lost-reply':
      case 'lost-request':
        return { code: status.UNAVAILABLE, details: 'Connection dropped' };
      case 'not-leader':
        metadata.set('exception', 'not-leader');
        metadata.set('leader-endpoint-host', '127.0.0.1');
        metadata.set('leader-endpoint-port', this.port.toString());
        return { code: status.NOT_FOUND, details: 'Leader info available', metadata };
      case 'not-ready':
        return { code: status.UNKNOWN, details: 'Server Is Not Ready' };
      case 'write-timeout':
        return { code: status.ABORTED, details: 'Operation timed out: Forwarding timeout' };
      case 'denied':
        metadata.set('exception', 'access-denied');
        return { code: status.PERMISSION_DENIED, details: 'Access Denied', metadata };
      case 'too-large':
        metadata.set('exception', 'maximum-append-size-exceeded');
        metadata.set('maximum-append-size', '1048576');
        return { code: status.INVALID_ARGUMENT, details: 'Maximum Append Size', metadata };
    }
  }

  #read(call: ServerWritableStream<streams.ReadReq, streams.ReadResp>): void {
    if (this.isFrozen) return;
    const options = call.request.getOptions()!;
    if (!options.hasSubscription()) return answerRead(this.log, call);
    const from = BigInt(options.getAll()!.getPosition()?.getCommitPosition() ?? 0);
    this.subscribedFrom.push(from);
    const isHeld = (): boolean => this.isFrozen || this.isHoldingFeeds;
    answerRead(this.log, call, this.feedFaults.shift(), isHeld);
  }

  #gossip(
    _: ServerUnaryCall<unknown, gossip.ClusterInfo>,
    answer: sendUnaryData<gossip.ClusterInfo>,
  ): void {
    if (this.isFrozen) return;
    const endPoint = new gossip.EndPoint();
    endPoint.setAddress('127.0.0.1');
    endPoint.setPort(this.port);
    const member = new gossip.MemberInfo();
    member.setState(gossip.MemberInfo.VNodeState.LEADER);
    member.setIsAlive(true);
    member.setTimeStamp('0');
    member.setHttpEndPoint(endPoint);
    const info = new gossip.ClusterInfo();
    info.setMembersList([member]);
    answer(null, info);
  }
}

/** As a real server: it has the other append path, on which the client would rely if it were let. */
function getSupportedMethods(
  _: ServerUnaryCall<unknown, features.SupportedMethods>,
  answer: sendUnaryData<features.SupportedMethods>,
): void {
  const method = new features.SupportedMethod();
  method.setServiceName('event_store.client.streams.Streams');
  method.setMethodName('BatchAppend');
  const supported = new features.SupportedMethods();
  supported.setEventStoreServerVersion('23.10.8');
  supported.setMethodsList([method]);
  answer(null, supported);
}

function unimplemented(): never {
  throw new Error('nothing is ever deleted');
}
