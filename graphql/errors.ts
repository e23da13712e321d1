import { GraphQLError } from 'graphql';

/** Codes under `errors[].extensions.code`, each with what it means; docs and tests hold this table to its word. */
export const ERROR_CODES = {
  BAD_REQUEST: 'The HTTP request carries no GraphQL request that can be read.',
  BAD_USER_INPUT: 'A variable or an argument does not fit its type.',
  BAD_QUESTION: 'The coordinates of a question do not have their form; issues names each.',
  NO_SUCH_VERSION: 'There is no version of that number at that knowledge.',
  NO_SUCH_TAG: 'No point has that name.',
  NO_SUCH_TERM: 'No record names a term of that id.',
  POSITION_NOT_REACHED: 'The log does not reach that position.',
  KNOWN_AT_NOT_REACHED: 'What will be known then can not be told yet.',
  AMBIGUOUS_QUESTION:
    'More than one of effectiveOn, version, tag, cursor and asOf is given, or one beside what it says itself.',
  BAD_NOTICE_PERIOD: 'The period of notice is no ISO 8601 duration of whole days or longer units.',
  BAD_CURSOR: 'The cursor was not given out by this server for this list.',
  PAGE_TOO_LARGE: 'first lies outside of 0 to 100.',
  GRAPHQL_PARSE_FAILED: 'The document is not written in GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  TOO_MANY_TOKENS: 'The document is too long; values belong into variables.',
  TOO_DEEP: 'Selections are nested too deeply.',
  TOO_MANY_ALIASES: 'The operation has too many aliases.',
  TOO_MANY_DIRECTIVES: 'The operation has too many directives.',
  TOO_COSTLY: 'The operation asks for too much at once.',
  NOT_ACCEPTABLE: 'Accept leaves no media type that the answer could have.',
  UNAUTHENTICATED: 'The server was started with a token, which the request does not carry.',
  FORBIDDEN:
    'The Host, Origin or Sec-Fetch-Site header names a page or name that may not ask here.',
  NOT_FOUND: 'Nothing is served under that path.',
  PAYLOAD_TOO_LARGE: 'The body is larger than 1 MiB.',
  UNSUPPORTED_MEDIA_TYPE: 'The body is not application/json.',
  SUBSCRIPTION_CLOSING: 'The server closes; subscribe again after extensions.cursor.',
  TOO_MANY_SUBSCRIPTIONS: 'One socket carries 100 operations at a time.',
  HISTORY_UNREADABLE: 'The agreement holds events that this program can not read.',
  STORE_UNAVAILABLE:
    'The log can not be used now; a command sent again under its own command id is recorded once.',
  STREAM_CLOSED: 'The agreement was closed on the server of the log; nothing was recorded.',
  APPEND_TOO_LARGE: 'The server of the log does not take so much at once; nothing was recorded.',
  EVENT_ELSEWHERE: 'An event of that id lies in another agreement; nothing was recorded.',
  INTERNAL_SERVER_ERROR: 'A fault of ours; it is in the server’s log under the request id.',
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

/** An error that the asker may see as it is. */
export const shownError = (
  code: ErrorCode,
  message: string,
  extensions: { readonly [name: string]: unknown } = {},
): GraphQLError => new GraphQLError(message, { extensions: { code, ...extensions } });

export const badInput = (message: string): GraphQLError => shownError('BAD_USER_INPUT', message);

/** Refused before anything is executed: HTTP 400, whatever media type is accepted. */
export const badRequest = (code: ErrorCode, message: string): GraphQLError =>
  shownError(code, message, { http: { status: 400 } });

/** Errors from behind the app that say something to the asker, by name; all others are ours to know. */
const SHOWN: ReadonlySet<string> = new Set([
  'QuestionError',
  'HistoryUnreadable',
  'StreamClosed',
  'AppendTooLarge',
  'EventElsewhere',
]);
const TROUBLE: ReadonlySet<string> = new Set(['StoreUnavailable', 'LogDamaged', 'MirrorMismatch']);

const named = (error: unknown, names: ReadonlySet<string>): error is Error & { code?: unknown } =>
  error instanceof Error && names.has(error.name);

/** The cause below what the executor wrapped around it. */
const rootOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError !== undefined
    ? rootOf(error.originalError)
    : error;

const placeOf = (error: unknown) =>
  error instanceof GraphQLError ? { nodes: error.nodes ?? null, path: error.path ?? null } : {};

/** What compiled code refuses to answer, such as a null where none may be, has no extensions, whatever its type says. */
const isFault = (root: { readonly extensions?: object }): boolean => root.extensions === undefined;

const shownAt = (root: GraphQLError, error: unknown): GraphQLError => {
  if (root.extensions['code'] !== undefined && error instanceof GraphQLError) return error;
  return new GraphQLError(root.message, {
    nodes: root.nodes ?? null,
    source: root.source ?? null,
    positions: root.positions ?? null,
    path: root.path ?? null,
    extensions: { ...root.extensions, code: 'BAD_USER_INPUT' },
  });
};

/** What the asker sees of an error: ours as they are, of others nothing but that there was one. */
export const maskedError = (error: unknown): GraphQLError => {
  const root = rootOf(error);
  if (root instanceof GraphQLError && !isFault(root)) return shownAt(root, error);
  const place = placeOf(error);
  if (named(root, SHOWN)) {
    const code = typeof root.code === 'string' ? root.code : 'BAD_USER_INPUT';
    return new GraphQLError(root.message, { ...place, extensions: { code } });
  }
  const code: ErrorCode = named(root, TROUBLE) ? 'STORE_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR';
  return new GraphQLError(ERROR_CODES[code], { ...place, extensions: { code, unexpected: true } });
};
