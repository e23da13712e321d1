import { describe, expect, it } from 'vitest';
import { openStore } from '#store/open.ts';
import { serverAddress } from '#store/server-address.ts';
import { assertNewEnough } from '#store/server-version.ts';

describe('a connection string of a server', () => {
  it('names one host or several, with 2113 as the port that needs no word', () => {
    const address = serverAddress('esdb://db1,db2:2114,127.0.0.1:9/?tls=false');
    expect(address).toMatchObject({
      product: 'esdb',
      discover: false,
      tls: false,
      streamPrefix: '',
      hosts: [
        { host: 'db1', port: 2113 },
        { host: 'db2', port: 2114 },
        { host: '127.0.0.1', port: 9 },
      ],
      name: 'db1:2113,db2:2114,127.0.0.1:9',
    });
  });

  it('is handed on to either client with its name, password and options, and without ours', () => {
    const given =
      'kurrentdb+discover://ad%40min:se%2Fcret@db:2113?tls=true&stream-prefix=a-&keepAliveInterval=20000';
    const address = serverAddress(given);
    expect(address.for('esdb')).toBe(
      'esdb+discover://ad%40min:se%2Fcret@db:2113?tls=true&keepAliveInterval=20000',
    );
    expect(address).toMatchObject({ discover: true, streamPrefix: 'a-', name: 'db:2113 (a-)' });
    expect(address.for('kurrentdb')).toMatch(/^kurrentdb\+discover:/);
  });

  it.each([
    ['esdb://', 'is named as esdb://'],
    ['esdb://user:p@ss:word@db', 'in a password'],
    ['esdb://db:99999', 'HOST or HOST:PORT'],
    ['esdb://db:x', 'HOST or HOST:PORT'],
    ['esdb://user:secret@db?tls=maybe', 'tls is true or false'],
    ['esdb://user:secret@db?colour=red', 'no option colour'],
    ['esdb://user:secret@db?tls', 'no option tls with a value'],
    ['esdb://user:secret@db?tlsVerifyCert=false', 'tlsCaFile'],
    ['esdb://user:secret@db?throwOnAppendFailure=false', 'always told'],
    ['esdb://user:secret@db?streamPrefix=a/b', 'streamPrefix has'],
    ['esdb://user:secret@db?tlsCaFile=/no/such/file', "which can't be read"],
  ])('%s is refused in a sentence that shows no password', async (connection, message) => {
    const opening = openStore(connection);
    await expect(opening).rejects.toMatchObject({ code: 'UNKNOWN_STORE' });
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.not.toThrow(/secret|p@ss/);
  });
});

describe('the version of a server', () => {
  it.each(['23.10.0', '23.10.7', '24.2', '24.10.14', '25.1.4.1', '26.1.1'])(
    '%s will do',
    (version) => {
      expect(() => assertNewEnough(version, 'db')).not.toThrow();
    },
  );

  it.each(['unknown', '', '20.10.5', '23.6.0', '22.10'])('%j is too old', (version) => {
    expect(() => assertNewEnough(version, 'db')).toThrow(/23\.10 or later/);
  });
});
