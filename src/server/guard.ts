import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
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

/** A name that no foreign page can have been served under, where nobody said which names there are. */
const isOurs = (name: string, config: Config): boolean => {
  if (config.allowedHosts !== undefined) return false;
  // No page has the token, under whatever name. And no name without a dot is anybody's to have in public.
  return config.token !== undefined || !name.includes('.') || name === config.host.toLowerCase();
};

const mayBeAsked = (name: string, config: Config): boolean => {
  if (config.allowedHosts?.split(',').includes(name)) return true;
  if (isLoopback(config.host)) return isLoopback(name);
  // To an address nobody but its owner can answer.
  return isIP(name) !== 0 || isOurs(name, config);
};

/** The name that asked last: nearly always the same one asks again. */
let last: { readonly host: string; readonly config: Config; readonly may: boolean } | undefined;

/**
 * A page from elsewhere, open in a browser that reaches this server, can make the browser ask under a name that the
 * page was served under and that its owner lets lead here (DNS rebinding): to the browser, both are one. So not
 * every name will do.
 */
const isRebound = (host = '', config: Config): boolean => {
  if (last?.host !== host || last.config !== config) {
    const name = hostnameOf(host) ?? '';
    last = { host, config, may: mayBeAsked(name, config) };
  }
  return !last.may;
};

const OTHER_SITES: ReadonlySet<unknown> = new Set(['cross-site', 'same-site']);

/** Whoever follows a link to here gets the page, whatever the link asks; in a frame it is not shown. */
const isVisit = (headers: IncomingHttpHeaders): boolean =>
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document' &&
  headers.accept?.includes('text/html') === true;

/**
 * A browser says which page asks; only a page that was served from here may. Of an image or a script in a page it
 * says only whether that is of another site, and of plain HTTP from another machine not even that.
 */
const isForeign = (headers: IncomingHttpHeaders): boolean => {
  const { origin, host } = headers;
  if (origin === undefined) return OTHER_SITES.has(headers['sec-fetch-site']) && !isVisit(headers);
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

const REBOUND: Refusal = {
  ...refusal(403, 'FORBIDDEN'),
  message: `${ERROR_CODES.FORBIDDEN} --allowed-hosts (CODICIL_ALLOWED_HOSTS) says which names may.`,
};

/** Why a page or a name may not ask here; absent when it may. */
export const foreignness = (headers: IncomingHttpHeaders, config: Config): Refusal | undefined => {
  if (isRebound(headers.host, config)) return REBOUND;
  return isForeign(headers) ? refusal(403, 'FORBIDDEN') : undefined;
};

/** Why this request is refused; absent when it is not. */
export const refusalOf = (headers: IncomingHttpHeaders, config: Config): Refusal | undefined =>
  foreignness(headers, config) ??
  (isAllowed(headers.authorization, config) ? undefined : refusal(401, 'UNAUTHENTICATED'));
