import type { ExpectedRevision } from '../event-store.ts';

/**
 * What a failed call says.
 * - `conflict`: the stream is not where the call expected it
 * - `too-large`, `denied`: the server will not do it
 * - `not-sent`: nothing of the call has reached a server
 * - `unknown`: it may have been done, or be done yet
 */
export type Verdict =
  | { readonly is: 'conflict'; readonly actual: ExpectedRevision; readonly why: string }
  | { readonly is: 'too-large' | 'denied' | 'not-sent' | 'unknown'; readonly why: string };

/** Our own time limit was reached before the client answered. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

interface ClientError {
  readonly type?: string;
  readonly code?: number;
  readonly message?: string;
  readonly actualVersion?: bigint | 'no_stream';
  readonly maxAppendSize?: number;
}

/** gRPC's codes for "not authenticated" and "not permitted". */
const deniedCodes = [16, 7];
/** gRPC's codes for cancelled, deadline exceeded, unavailable: another connection may do better. */
const connectionCodes = [1, 4, 14];
/** How the gRPC library words a call that it could not even begin. */
const neverBegun = ['No connection established', 'Name resolution failed'];

/** Reads an error by type and by code: the client does not always give both. */
export function verdictOf(error: unknown): Verdict {
  const { type = '', code, message = '', actualVersion, maxAppendSize } = fieldsOf(error);
  const why = message || type || String(error);
  if (type === 'wrong-expected-version' && actualVersion !== undefined) {
    const actual = actualVersion === 'no_stream' ? 'no-stream' : Number(actualVersion);
    return { is: 'conflict', actual, why };
  }
  if (type === 'maximum-append-size-exceeded') {
    return { is: 'too-large', why: `the server takes at most ${maxAppendSize} bytes at once` };
  }
  if (type === 'access-denied' || deniedCodes.includes(code ?? -1)) return { is: 'denied', why };
  if (isFailedDiscovery(error) || neverBegun.some((words) => message.includes(words))) {
    return { is: 'not-sent', why };
  }
  return { is: 'unknown', why };
}

/** Whether the client that gave this error must not be used again. */
export function spoilsClient(error: unknown): boolean {
  const { code } = fieldsOf(error);
  return (
    error instanceof NoAnswer || isFailedDiscovery(error) || connectionCodes.includes(code ?? -1)
  );
}

export function isNotFound(error: unknown): boolean {
  return fieldsOf(error).type === 'stream-not-found';
}

/** The server's answer to a position of `$all` at which no event begins. */
export function isNoPosition(error: unknown): boolean {
  const { code, message = '' } = fieldsOf(error);
  return code === 2 && message.includes('Unexpected ReadAllResult');
}

function isFailedDiscovery(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Failed to discover');
}

/** The client may throw anything. */
function fieldsOf(error: unknown): ClientError {
  return typeof error === 'object' && error !== null ? error : {};
}
