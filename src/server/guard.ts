import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ERROR_CODES, type ErrorCode } from '#graphql/errors.ts';
import { type Config, isLoopback } from '#src/config.ts';

/** Why a request is turned away before anybody reads it. */
export type Refusal = {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
};

const refusal = (status: number, code: ErrorCode): Refusal => ({
  status,
  code,
  message: ERROR_CODES[code],
});

const hostnameOf = (host: string): string | undefined => {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : undefined;
};

/**
 * On loopback only this machine can ask; but a page from elsewhere, open in a browser here, can make the browser
 * ask under a name that it controls (DNS rebinding). So only names of this machine will do.
 */
const isRebound = (host: string | undefined, config: Config): boolean =>
  isLoopback(config.host) && (host === undefined || !namesThisMachine(host));

/** The name that asked last: nearly always the same one asks again. */
let lastHost = { host: '', ours: false };

const namesThisMachine = (host: string): boolean => {
  if (lastHost.host !== host) {
    const name = hostnameOf(host);
    lastHost = { host, ours: name !== undefined && isLoopback(name) };
  }
  return lastHost.ours;
};

/** A browser says which page asks; only a page that was served from here may. */
const isForeign = ({ origin, host }: IncomingHttpHeaders): boolean => {
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in a time that tells nothing about the secret. */
const isToken = (given: string, token: string): boolean =>
  timingSafeEqual(digest(given), digest(token));

/** True when no token is needed, or this header carries it: `Bearer …`. */
export const isAllowed = (authorization: unknown, { token }: Config): boolean => {
  if (token === undefined) return true;
  if (typeof authorization !== 'string') return false;
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  return given !== undefined && isToken(given, token);
};

/** Why a page or a name may not ask here; absent when it may. */
export const foreignness = (headers: IncomingHttpHeaders, config: Config): Refusal | undefined =>
  isRebound(headers.host, config) || isForeign(headers) ? refusal(403, 'FORBIDDEN') : undefined;

/** Why this request is refused; absent when it is not. */
export const refusalOf = (headers: IncomingHttpHeaders, config: Config): Refusal | undefined =>
  foreignness(headers, config) ??
  (isAllowed(headers.authorization, config) ? undefined : refusal(401, 'UNAUTHENTICATED'));
