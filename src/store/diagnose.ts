/**
 * Why a server can't be used, in one sentence. The clients say little of it, and in words only, so the network is
 * asked directly: each step of reaching the server has an error code of its own.
 */
import { readFileSync } from 'node:fs';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { StoreUnavailable } from './errors.ts';
import type { Host, ServerAddress } from './server-address.ts';
import { verdictOn } from './server-errors.ts';

/** How long one step may take, ms. */
const patience = 3_000;

const network: { readonly [code: string]: string } = {
  ENOTFOUND: 'is no name that can be found; check the host',
  EAI_AGAIN: 'is no name that can be found now; check the host and the name server',
  ECONNREFUSED: 'refuses connections; check the port, and that the server runs',
  ETIMEDOUT: 'does not answer; check the address and the firewall',
  EHOSTUNREACH: 'can not be reached from here; check the address',
  ENETUNREACH: 'can not be reached from here; check the address',
  EPROTO: 'does not speak TLS; add tls=false if that is meant',
  ERR_SSL_WRONG_VERSION_NUMBER: 'does not speak TLS; add tls=false if that is meant',
  ECONNRESET: 'broke off the connection; check whether it speaks TLS (tls=true or tls=false)',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'has a certificate for another name; connect by the name that it is for',
  CERT_HAS_EXPIRED: 'has a certificate that has expired; renew it',
};

const wantsTls = 'speaks TLS; take out tls=false';
const untrusted = 'has a certificate that is not trusted; name its authority with tlsCaFile=PATH';

/** The code of what goes wrong; undefined when nothing does. */
const tried = (socket: Socket, ready: 'connect' | 'secureConnect'): Promise<string | undefined> =>
  new Promise((resolve) => {
    socket.setTimeout(patience, () => resolve('ETIMEDOUT'));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EPROTO'));
    socket.once(ready, () => resolve(undefined));
  }).finally(() => socket.destroy()) as Promise<string | undefined>;

const wrongWith = async ({ host, port }: Host, { tls, caFile }: ServerAddress) => {
  const code = await tried(connectTcp({ host, port }), 'connect');
  if (code !== undefined) return network[code] ?? `can not be reached (${code})`;
  const name = isIP(host) === 0 ? { servername: host } : {};
  const asked = { host, port, ALPNProtocols: ['h2'], ...name };
  if (!tls) {
    const secure = connectTls({ ...asked, rejectUnauthorized: false });
    return (await tried(secure, 'secureConnect')) === undefined ? wantsTls : undefined;
  }
  const ca = caFile === undefined ? {} : { ca: readFileSync(caFile) };
  const refusal = await tried(connectTls({ ...asked, ...ca }), 'secureConnect');
  return refusal === undefined ? undefined : (network[refusal] ?? `${untrusted} (${refusal})`);
};

const words = (trouble: unknown): string =>
  (trouble instanceof Error ? trouble.message : String(trouble)).split('\n')[0] ?? '';

/** The trouble with a connection as one sentence. Never throws. */
export const connectionTrouble = async (
  address: ServerAddress,
  trouble: unknown,
): Promise<StoreUnavailable> => {
  const { name, hosts, discover } = address;
  if (trouble instanceof StoreUnavailable && trouble.reason !== 'UNREACHABLE') return trouble;
  const { kind } = verdictOn(trouble);
  if (kind === 'denied') {
    return new StoreUnavailable(
      'DENIED',
      `The server at ${name} refuses the user or the password, or the user may not read all and append.`,
      trouble,
    );
  }
  if (kind === 'unsupported') {
    return new StoreUnavailable(
      'UNSUPPORTED',
      `The server at ${name} lacks what is needed.`,
      trouble,
    );
  }
  if (kind === 'not-leader') {
    return new StoreUnavailable(
      'UNREACHABLE',
      `The server at ${name} does not lead its cluster; name all nodes in the connection string: HOST1:2113,HOST2:2113,HOST3:2113.`,
      trouble,
    );
  }
  const what = discover
    ? []
    : await Promise.all(
        hosts.map((host) => wrongWith(host, address).catch((error: unknown) => words(error))),
      );
  const wrong = what.find((one) => one !== undefined);
  const why =
    wrong ?? `does not answer as a server of EventStoreDB or KurrentDB does: ${words(trouble)}`;
  return new StoreUnavailable('UNREACHABLE', `The server at ${name} ${why}.`, trouble);
};
