import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../store/folder.ts';
import { aHarbour, LEASE } from './harbour.ts';
import { start } from './serving.ts';

const ask = async (address: string, query: string) => {
  const reply = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await reply.json()).data;
};

const LOG_END = '{ agreement(id: "microsoft-openai") { state { basis { position } } } }';

describe('codicil serve', () => {
  it('makes the log and records the bundled agreements at its first start, and nothing at its second', async () => {
    const store = join(aFolder(), 'data', 'codicil.db');
    const first = await start(store);
    expect(first.said).toMatch(
      /^The log is new: recording the agreements that come with Codicil\.\n/,
    );
    expect(first.said).toMatch(/microsoft-openai {2}recorded \d+ events/);
    expect(first.said).toMatch(/GraphiQL page {2}http:\/\/127\.0\.0\.1:\d+\/graphql\n/);
    expect(first.said).toContain(`Data           ${store}\n`);
    const before = await ask(first.address, LOG_END);
    expect(before.agreement.state.basis.position).toBeGreaterThan(1);
    first.end('SIGINT');
    expect(await first.ended).toMatchObject({ code: 0, signal: null, err: '' });
    const second = await start(store);
    expect(second.said).not.toContain('recorded');
    expect(await ask(second.address, LOG_END)).toEqual(before);
    second.end('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0, signal: null, err: '' });
  });

  it('closes cleanly under a subscriber, to whom it gives what the command line records', async () => {
    const store = join(aFolder(), 'codicil.db');
    const server = await start(store, '--no-bundled');
    const query = 'subscription { changes { ... on ChangeRecorded { event { type } } } }';
    const url = `${server.address}/graphql?query=${encodeURIComponent(query)}`;
    const reply = await fetch(url, { headers: { accept: 'text/event-stream' } });
    const { cli } = await aHarbour(false);
    expect(await cli(`record ${LEASE} --store sqlite:${store}`)).toMatchObject({ code: 0 });
    let seen = '';
    let asked = false;
    for await (const chunk of reply.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      seen += chunk;
      if (asked || !seen.includes('CoverageStated')) continue;
      asked = true;
      server.end('SIGINT');
    }
    expect(seen.match(/"type":"\w+"/g)).toHaveLength(9);
    expect(await server.ended).toMatchObject({ code: 0, signal: null });
  });
});

describe('the bundled agreements', () => {
  it.each([
    ['serve', {}, true],
    ['serve --no-bundled', {}, false],
    ['serve', { CODICIL_BUNDLED: 'false' }, false],
  ])('of %s under %j are recorded: %s', async (line, env, recorded) => {
    const { cli } = await aHarbour(false);
    const signal = AbortSignal.abort();
    const ran = await cli(`${line} --port 0 --log-level silent`, { env, signal });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out.includes('recorded')).toBe(recorded);
  });
});

describe('codicil serve says in one sentence that', () => {
  const refused = async (...flags: readonly string[]) => {
    const { cli } = await aHarbour(false);
    const { code, out, err } = await cli(['serve --no-bundled', ...flags].join(' '));
    expect(out).toBe('');
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    return { code, err };
  };

  it('the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const { code, err } = await refused(`--port ${port} --log-level silent`);
    other.close();
    expect(err).toBe(
      `codicil: Port ${port} on 127.0.0.1 is taken: end what uses it, or take another port with --port (CODICIL_PORT).\n`,
    );
    expect(code).toBe(4);
  });

  it('other machines would reach it without a token', async () => {
    const { code, err } = await refused('--host 0.0.0.0');
    expect(err).toMatch(/CODICIL_HOST \(--host\) is 0\.0\.0\.0.*set CODICIL_TOKEN.*--allow-public/);
    expect(code).toBe(2);
  });

  it('the data folder can not be made', async () => {
    const file = join(aFolder(), 'file');
    writeFileSync(file, '');
    const { code, err } = await refused(`--store sqlite:${join(file, 'codicil.db')}`);
    expect(err).toMatch(/^codicil: /);
    expect(code).toBe(4);
  });

  it('a newer version wrote the log', async () => {
    const { cli, folder } = await aHarbour();
    expect(await cli('verify')).toMatchObject({ code: 0 });
    const path = join(folder, 'log', 'codicil.db');
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    const { code, err } = await refused(`--store sqlite:${path}`);
    expect(err).toMatch(
      /has format 99 and this version knows formats up to \d+; start the newer version/,
    );
    expect(code).toBe(4);
  });
});
