/** What the errors of the two clients mean. They are known by `type` and `code`, never by their words. */

/** What became of a call to a server. */
export type Verdict =
  /** The stream is not where the writer believes; `actual` is the revision of its last event, from 1. */
  | { readonly kind: 'conflict'; readonly actual: number }
  /** Somebody tombstoned the stream: it takes no events any more. */
  | { readonly kind: 'tombstoned' }
  /** More in one append than the server takes; `most` in bytes, where it says so. */
  | { readonly kind: 'too-large'; readonly most: number | undefined }
  /** The name or password is wrong, or their owner may not do that. */
  | { readonly kind: 'denied' }
  /** The server lacks what was asked of it. */
  | { readonly kind: 'unsupported' }
  /** This node of a cluster leaves it to another, which the client knows now or will be told. */
  | { readonly kind: 'not-leader' }
  /** It may work later. What a write has done is not known. */
  | { readonly kind: 'passing' };

const byType: { readonly [type: string]: Verdict['kind'] } = {
  'wrong-expected-version': 'conflict',
  'stream-deleted': 'tombstoned',
  'stream-tombstoned': 'tombstoned',
  'maximum-append-size-exceeded': 'too-large',
  'append-record-size-exceeded': 'too-large',
  'transaction-max-size-exceeded': 'too-large',
  'access-denied': 'denied',
  unsupported: 'unsupported',
  'not-leader': 'not-leader',
};

/** Status codes of gRPC (https://grpc.io/docs/guides/status-codes/). */
const byCode: { readonly [code: number]: Verdict['kind'] } = {
  7: 'denied',
  12: 'unsupported',
  16: 'denied',
};

type Said = {
  readonly type?: unknown;
  readonly code?: unknown;
  /** EventStoreDB's client calls it so, … */
  readonly actualVersion?: unknown;
  /** … and KurrentDB's so: the revision of the last event from 0, or `no_stream`. */
  readonly actualState?: unknown;
  readonly maxAppendSize?: unknown;
};

const kindOf = ({ type, code }: Said): Verdict['kind'] =>
  (typeof type === 'string' && Object.hasOwn(byType, type) ? byType[type] : undefined) ??
  (typeof code === 'number' ? byCode[code] : undefined) ??
  'passing';

/** Anything that is not known for certain counts as passing: whoever tries again has an end to it. */
export const verdictOn = (error: unknown): Verdict => {
  const said: Said = typeof error === 'object' && error !== null ? error : {};
  const kind = kindOf(said);
  if (kind === 'conflict') {
    const actual = said.actualVersion ?? said.actualState;
    return { kind, actual: typeof actual === 'bigint' ? Number(actual) + 1 : 0 };
  }
  if (kind === 'too-large') {
    const { maxAppendSize } = said;
    return { kind, most: typeof maxAppendSize === 'number' ? maxAppendSize : undefined };
  }
  return { kind };
};
