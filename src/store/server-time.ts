import { readFileSync } from 'node:fs';
import { get as getInsecure, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import type { ServerAddress } from './server-address.ts';

/** How long the server may take, ms. */
const patience = 3_000;

/**
 * What time it is on the first host of a server: epoch milliseconds UTC, true to a second, from the `Date` header
 * that each answer over HTTP has (RFC 9110 §6.6.1). Undefined where it can't be had.
 */
export const serverTime = ({ hosts, tls, caFile }: ServerAddress): Promise<number | undefined> =>
  new Promise((resolve) => {
    const { host, port } = hosts[0] ?? { host: '', port: 0 };
    const path = '/info';
    const take = (response: IncomingMessage) => {
      response.resume();
      const said = Date.parse(response.headers.date ?? '');
      resolve(Number.isNaN(said) ? undefined : said);
    };
    const ca = caFile === undefined ? {} : { ca: readFileSync(caFile) };
    const request = tls
      ? getSecure({ host, port, path, timeout: patience, ...ca }, take)
      : getInsecure({ host, port, path, timeout: patience }, take);
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
