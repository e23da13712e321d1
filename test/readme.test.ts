import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { askServer, followServer, isCaughtUp, takeUntil } from './ask-server.ts';
import { commandLine } from './cli/command-line.ts';
import { LEASE } from './cli/harbour.ts';
import { start } from './cli/serving.ts';
import { compactJson } from './compact-json.ts';
import { aFolder } from './store/folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Instants differ from run to run. */
const steady = (text: string): string =>
  text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '…');

type Server = { readonly address: string; readonly store: string };

const answered = async (query: string, { address }: Server): Promise<string> => {
  if (!query.trimStart().startsWith('subscription'))
    return compactJson(await askServer(address, query));
  const items = await takeUntil(followServer(address, query), isCaughtUp);
  return items.map((item) => compactJson(item)).join('\n');
};

/** Runs each `$ npx codicil …` of a block as it stands, and puts behind it what it prints. */
const carriedOut = async (block: string, { store }: Server): Promise<string> => {
  const lines: string[] = [];
  for (const line of block.split('\n').filter((each) => each.startsWith('$ '))) {
    const [program, name, ...argv] = line.slice(2).split(' ');
    if (program !== 'npx' || name !== 'codicil') throw new Error(`not to be run: ${line}`);
    const { out, err } = await commandLine(argv, {
      env: { CODICIL_STORE: `sqlite:${store}` },
      now: Date.now,
    });
    lines.push(line, steady(`${out}${err}`).trimEnd());
  }
  return lines.join('\n');
};

/** What a block of its language should hold; absent where it is for the reader alone. */
const bodyOf = async (
  language: string,
  text: string,
  server: Server & { readonly query: string },
): Promise<string | undefined> => {
  if (language === 'jsonc') return answered(server.query, server);
  if (language === 'console') return carriedOut(text, server);
  return language === 'yaml' ? readFileSync(LEASE, 'utf8') : undefined;
};

const BLOCK = /^```(\w+)\n([\s\S]*?)^```$/gm;

/** The page with every answer in it given anew: of queries, of command lines, and the file that it shows. */
const answeredAnew = async (page: string, server: Server): Promise<string> => {
  const parts: string[] = [];
  let [query, end] = ['', 0];
  for (const match of page.matchAll(BLOCK)) {
    const [block, language = '', text = ''] = match;
    if (language === 'graphql') query = text;
    const body = await bodyOf(language, text, { query, ...server });
    const anew = body === undefined ? block : `\`\`\`${language}\n${body.trimEnd()}\n\`\`\``;
    parts.push(page.slice(end, match.index), anew);
    end = match.index + block.length;
  }
  return `${parts.join('')}${page.slice(end)}`;
};

it('the README shows what a new log answers to its queries and commands: npm test -- -u writes it anew', async () => {
  const store = join(aFolder(), 'codicil.db');
  const server = await start(store);
  const page = readFileSync(join(root, 'README.md'), 'utf8');
  const anew = await answeredAnew(page, { address: server.address, store });
  server.end('SIGINT');
  await server.ended;
  await expect(anew).toMatchFileSnapshot(join(root, 'README.md'));
});

it('the README names scripts and files that are there', () => {
  const page = readFileSync(join(root, 'README.md'), 'utf8');
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const started = [...page.matchAll(/npm (?:run )?(start|test|bench|check)\b/g)].map(
    ([, name]) => name,
  );
  expect(started.filter((name) => scripts[name ?? ''] === undefined)).toEqual([]);
  for (const [, link = ''] of page.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
    expect(() => readFileSync(join(root, link), 'utf8'), link).not.toThrow(/ENOENT/);
  }
});
