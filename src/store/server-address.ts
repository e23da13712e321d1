/** Connection strings of logs that lie on a server. */
import { accessSync, constants } from 'node:fs';
import { UnknownStore } from './errors.ts';

export type Product = 'esdb' | 'kurrentdb';

export type Host = { readonly host: string; readonly port: number };

export type ServerAddress = {
  /** What the connection string calls it, which decides what client is used. */
  readonly product: Product;
  /** Hosts are names of a cluster, to be looked up. */
  readonly discover: boolean;
  readonly hosts: readonly Host[];
  readonly tls: boolean;
  /** Path of the certificate authority's certificate, where one is named. */
  readonly caFile: string | undefined;
  /** Stands before the name of each of our streams on the server; empty unless it is said. */
  readonly streamPrefix: string;
  /** For people and for telling one from another: no name, no password, no options. */
  readonly name: string;
  /** The connection string as the client of a product takes it. */
  for(product: Product): string;
};

const form = /^(esdb|kurrentdb)(\+discover)?:\/\/(?:([^@/?]*)@)?([^/?@]+)\/?(?:\?(.*))?$/;
const hostForm = /^([A-Za-z0-9._-]+)(?::(\d{1,5}))?$/;
const defaultPort = 2113;

/** What the clients know; they ignore any other with a warning that shows the password. */
const known = [
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'nodePreference',
  'tls',
  'tlsCaFile',
  'userCertFile',
  'userKeyFile',
] as const;
const ours = 'streamPrefix';
const streamPrefixForm = /^[A-Za-z0-9._-]{1,100}$/;

const refused: { readonly [option: string]: string } = {
  tlsverifycert: 'a certificate is always verified; name its authority with tlsCaFile=PATH',
  throwonappendfailure: 'failed appends are always told',
};

const flat = (option: string): string => option.toLowerCase().replaceAll(/[_-]/g, '');

const hostOf = (text: string): Host => {
  const [, host, port = String(defaultPort)] = hostForm.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) {
    throw new UnknownStore(`The server ${JSON.stringify(text)} is not named as HOST or HOST:PORT.`);
  }
  return { host, port: Number(port) };
};

const optionsOf = (query: string): ReadonlyMap<string, string> => {
  const options = new Map<string, string>();
  for (const pair of query.split('&')) {
    const [option = '', value = ''] = pair.split('=');
    const name = [...known, ours].find((one) => flat(one) === flat(option));
    const reason = refused[flat(option)];
    if (name !== undefined && value !== '') options.set(name, value);
    else if (reason !== undefined) throw new UnknownStore(`${option} can't be set: ${reason}.`);
    else if (pair !== '') {
      throw new UnknownStore(
        `The connection string has no option ${option} with a value; there are ${[...known, ours].join(', ')}.`,
      );
    }
  }
  return options;
};

const prefixIn = (options: ReadonlyMap<string, string>): string => {
  const prefix = options.get(ours) ?? '';
  if (prefix === '' || streamPrefixForm.test(prefix)) return prefix;
  throw new UnknownStore(`streamPrefix has 1 to 100 of the characters A-Z a-z 0-9 . _ -.`);
};

const tlsIn = (options: ReadonlyMap<string, string>): boolean => {
  const tls = options.get('tls') ?? 'true';
  if (tls === 'true' || tls === 'false') return tls === 'true';
  throw new UnknownStore(`tls is true or false, not ${JSON.stringify(tls)}.`);
};

const caFileIn = (options: ReadonlyMap<string, string>): string | undefined => {
  const said = options.get('tlsCaFile');
  if (said === undefined) return undefined;
  const path = decodeURIComponent(said);
  try {
    accessSync(path, constants.R_OK);
    return path;
  } catch {
    throw new UnknownStore(`tlsCaFile names ${path}, which can't be read.`);
  }
};

/** @throws UnknownStore in one sentence that shows no password */
export const serverAddress = (connection: string): ServerAddress => {
  const [, product, discover = '', credentials, hostList = '', query = ''] =
    form.exec(connection) ?? [];
  if (product !== 'esdb' && product !== 'kurrentdb') {
    throw new UnknownStore(
      'A log on a server is named as esdb://USER:PASSWORD@HOST:2113 or kurrentdb://USER:PASSWORD@HOST:2113; write @ / ? : in a password as %40 %2F %3F %3A.',
    );
  }
  const hosts = hostList.split(',').map(hostOf);
  const options = optionsOf(query);
  const streamPrefix = prefixIn(options);
  const others = [...options].filter(([option]) => option !== ours);
  const asked = others.map(([option, value]) => `${option}=${value}`).join('&');
  const places = hosts.map(({ host, port }) => `${host}:${port}`).join(',');
  const whose = credentials === undefined ? '' : `${credentials}@`;
  return {
    product,
    discover: discover !== '',
    hosts,
    tls: tlsIn(options),
    caFile: caFileIn(options),
    streamPrefix,
    name: `${places}${streamPrefix === '' ? '' : ` (${streamPrefix})`}`,
    for: (one) => `${one}${discover}://${whose}${places}${asked === '' ? '' : `?${asked}`}`,
  };
};
