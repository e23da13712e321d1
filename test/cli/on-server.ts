/** The program on a log that lies on a server: from its start without one to its end. */
import { expect, it, onTestFinished } from 'vitest';
import { askServer, followServer, type Item, takeUntil } from '../ask-server.ts';
import type { OwnServer, Product } from '../servers/find.ts';
import { aPrefix } from '../store/on-server.ts';
import { aPath } from '../store/open-sqlite.ts';
import { commandLine } from './command-line.ts';
import { start } from './serving.ts';

const NOW = { now: Date.now };
const LONG = { timeout: 120_000 };
const PATIENT = { timeout: 40_000, interval: 100 };
const STATE = `{ agreement(id: "microsoft-openai") { state(at: { effectiveOn: "2025-03-01" }) {
  terms { termId } basis { position digest behindSince } } } }`;
const CHANGES = (after: string) => `subscription { changes(filter: { agreement: "lease" }${after}) {
  __typename ... on ChangeRecorded { cursor event { id type } } ... on CaughtUp { cursor } } }`;

const served = async (connection: string, ...flags: readonly string[]) => {
  const server = await start(connection, '--mirror', aPath(), ...flags);
  onTestFinished(() => void server.end('SIGKILL'));
  return server;
};

/** Records a file that comes with the program. */
const record = async (name: string, store: readonly string[]): Promise<void> => {
  const ran = await commandLine(['record', `agreements/${name}.yaml`, ...store], NOW);
  expect(ran).toMatchObject({ code: 0, err: '' });
};

const logOf = async (name: string, store: readonly string[]): Promise<readonly string[]> =>
  (await commandLine(['log', name, '--json', ...store], NOW)).out.split('\n').filter(Boolean);

const positionOn = async (address: string): Promise<number> =>
  (await askServer(address, STATE)).agreement?.state.basis.position ?? 0;

const health = async (address: string) => (await fetch(`${address}/health/ready`)).json();

const amend = (address: string, n: number) =>
  askServer(
    address,
    `mutation Record($input: RecordInstrumentInput!) { recordInstrument(input: $input) {
      __typename ... on Rejected { rejections { code message } } } }`,
    {
      input: {
        agreement: 'lease',
        instrument: {
          id: `paper-${n}`,
          kind: 'AMENDMENT',
          title: `Paper ${n}`,
          executedAt: '2025-02-01',
        },
        changes: [{ addTerm: { termId: `term-${n}`, kind: 'TERM', heading: `Term ${n}` } }],
      },
    },
  );

const begin = (address: string) =>
  askServer(
    address,
    `mutation { recordAgreement(input: { agreement: "lease", title: "Lease", timeZone: "UTC",
      parties: [{ partyId: "a", name: "A" }] }) { __typename } }`,
  );

export const programOnServer = (server: OwnServer, product: Product): void => {
  it('starts without the server, answers while it is away, and says so', LONG, async () => {
    const connection = server.url(product, aPrefix());
    await server.kill();
    const codicil = await served(connection, '--no-bundled');
    const { address } = codicil;
    expect(await health(address)).toEqual({ status: 'starting', reason: 'UNREACHABLE' });
    await expect(askServer(address, STATE)).rejects.toThrow('STORE_UNAVAILABLE');
    await server.start();
    await expect.poll(() => health(address), PATIENT).toEqual({ status: 'ready' });
    const store = ['--store', connection, '--mirror', aPath()];
    await record('microsoft-openai', store);
    const { length } = await logOf('microsoft-openai', store);
    await expect.poll(() => positionOn(address), PATIENT).toBe(length);
    const before = (await askServer(address, STATE)).agreement.state;
    await server.kill();
    await expect
      .poll(() => health(address), PATIENT)
      .toMatchObject({
        status: 'read-only',
        reason: 'UNREACHABLE',
        behindSince: expect.stringMatching(/^\d{4}-/),
      });
    const { agreement } = await askServer(address, STATE);
    expect(agreement.state).toEqual({
      ...before,
      basis: { ...before.basis, behindSince: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
    await expect(begin(address)).rejects.toThrow('STORE_UNAVAILABLE');
    await server.start();
    await expect.poll(() => health(address), PATIENT).toEqual({ status: 'ready' });
    expect(await begin(address)).toMatchObject({ recordAgreement: { __typename: 'Accepted' } });
    codicil.end('SIGTERM');
    const { code, err } = await codicil.ended;
    expect(code).toBe(0);
    expect(err).toMatch(/The server at [\w.:-]+ .*refuses connections.*Trying again\.\n/);
    expect(err).toContain('The log is there again.\n');
  });

  it(
    'records the bundled agreements once, though the server is killed meanwhile',
    LONG,
    async () => {
      const connection = server.url(product, aPrefix());
      const codicil = await served(connection);
      await expect
        .poll(() => positionOn(codicil.address), { ...PATIENT, interval: 5 })
        .toBeGreaterThan(0);
      await server.kill();
      await server.start();
      const [store, file] = [
        ['--store', connection, '--mirror', aPath()],
        ['--store', `sqlite:${aPath()}`],
      ];
      for (const name of ['microsoft-openai', 'microsoft-yahoo-search']) {
        await record(name, file);
        const ids = async (where: readonly string[]) =>
          (await logOf(name, where)).map((line) => JSON.parse(line).id);
        await expect.poll(() => ids(store), PATIENT).toEqual(await ids(file));
      }
      expect(codicil.isRunning()).toBe(true);
    },
  );

  it('lets a subscriber come back to another replica', LONG, async () => {
    const connection = server.url(product, aPrefix());
    const replicas = [
      await served(connection, '--no-bundled'),
      await served(connection, '--no-bundled'),
    ];
    const at = (n: number) => replicas[n % 2]?.address ?? '';
    await begin(at(0));
    const seen: string[] = [];
    let after = '';
    const takes = (item: Item): void => {
      if (item.__typename !== 'ChangeRecorded') return;
      after = `, after: "${item['cursor']}"`;
      seen.push(String(Object(item['event']).id));
    };
    for (let n = 0; n < 12; n += 1) {
      expect(await amend(at(n), n)).toMatchObject({ recordInstrument: { __typename: 'Accepted' } });
      // Each time from the replica that did not record it: the agreement, then two events of each paper.
      await takeUntil(followServer(at(n + 1), CHANGES(after)), (item) => {
        takes(item);
        return seen.length === 1 + 2 * (n + 1);
      });
    }
    const recorded = await logOf('lease', ['--store', connection, '--mirror', aPath()]);
    expect(seen).toEqual(recorded.map((line) => JSON.parse(line).id));
    const basis = '{ agreement(id: "lease") { state { basis { digest position } } } }';
    expect(await askServer(at(0), basis)).toEqual(await askServer(at(1), basis));
  });

  it('has the same digests on the command line as on a file', LONG, async () => {
    const connection = server.url(product, aPrefix());
    const [file, mirror] = [`sqlite:${aPath()}`, aPath()];
    const lines = [
      'agreements',
      'rebuild',
      'versions microsoft-openai',
      'claims microsoft-openai',
      'verify',
    ];
    for (const store of [
      ['--store', file],
      ['--store', connection, '--mirror', mirror],
    ]) {
      const recorded = await commandLine(
        ['record', 'agreements/microsoft-openai.yaml', ...store],
        NOW,
      );
      expect(recorded).toMatchObject({ code: 0, err: '' });
    }
    for (const line of lines) {
      const [here, there] = [
        await commandLine([...line.split(' '), '--json', '--store', file], NOW),
        await commandLine(
          [...line.split(' '), '--json', '--store', connection, '--mirror', mirror],
          NOW,
        ),
      ];
      // A cursor pins the moment at which it was made.
      const plain = (out: string) => out.replaceAll(/"(?:knownAt|cursor)": "[^"]+"/g, '');
      expect([line, there.code, plain(there.out)]).toEqual([line, 0, plain(here.out)]);
    }
  });

  it('tells in one sentence what is wrong with a server', LONG, async () => {
    const nowhere = `${product}://127.0.0.1:1?tls=false`;
    const tls = `${product}://${server.host}:${server.port}`;
    for (const [connection, message] of [
      [nowhere, /refuses connections; check the port, and that the server runs\.\n$/],
      [tls, /does not speak TLS; add tls=false if that is meant\.\n$/],
      [`${product}://no.such.host.invalid`, /is no name that can be found.*\.\n$/],
    ] as const) {
      const ran = await commandLine(['agreements', '--store', connection, '--mirror', aPath()]);
      expect(ran).toMatchObject({ code: 4, out: '' });
      expect(ran.err).toMatch(message);
      expect(ran.err.split('\n')).toHaveLength(2);
    }
  });
};
