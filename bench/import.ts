import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '#app/create-app.ts';
import { question } from '#app/question.ts';
import { isoInstant } from '#events/instants.ts';
import { textOf } from '#projections/text.ts';
import { openStore } from '#store/open.ts';
import { makeHistory } from './history.ts';
import type { Import } from './import-once.ts';
import { lineOf, median } from './measure.ts';

const seconds = (since: number): number => (performance.now() - since) / 1_000;

/** How long git takes to show every change. */
const gitLog = async (repository: string): Promise<number> => {
  const start = performance.now();
  const log = spawn('git', ['-C', repository, 'log', '-p', '--first-parent'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  log.stdout.resume();
  await once(log, 'close');
  return seconds(start);
};

const size = (pattern: string): number =>
  globSync(pattern).reduce((sum, file) => sum + statSync(file).size, 0);

const imported = async (repository: string, path: string): Promise<Import> => {
  const child = fork(new URL('./import-once.ts', import.meta.url), [repository, path]);
  const ended = once(child, 'exit');
  const failed = ended.then(([code]) => {
    throw new Error(`the import ended with ${code}`);
  });
  const [taken] = await Promise.race([once(child, 'message'), failed]);
  await ended;
  return taken as Import;
};

/** How many moments each document is asked for. */
const MOMENTS = 10;

/** Milliseconds of one question for the text of a document at a moment nobody asked for before. */
const asOf = async (path: string, documents: number, versions: number): Promise<number> => {
  await using log = await openStore(`sqlite:${path}`);
  await using app = await createApp({ store: log, now: Date.now });
  const times: number[] = [];
  for (let n = 0; n < documents * MOMENTS; n++) {
    const moment = 1_200_000_000 + ((n * 7_919) % (documents * versions)) * 600;
    const asked = question.parse({ asOf: isoInstant(moment * 1_000) });
    const start = performance.now();
    const answer = await app.views.stateAt(`bench.policy-${Math.floor(n / MOMENTS)}`, asked);
    if (answer !== undefined) textOf(answer.state);
    // At the first question the document is read from the log.
    if (n % MOMENTS > 0) times.push(performance.now() - start);
  }
  return median(times);
};

/** An import of a whole history of small documents, beside git showing the same history. */
export const measureImport = async (folder: string, quick: boolean) => {
  const [documents, versions] = quick ? [10, 100] : [40, 1_000];
  const repository = join(folder, 'history.git');
  mkdirSync(repository);
  await makeHistory(repository, { documents, versions });
  const rounds = quick ? 1 : 3;
  const [ours, git]: [Import[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    git.push(await gitLog(repository));
    ours.push(await imported(repository, join(folder, `import-${round}.db`)));
  }
  const many = documents * versions;
  const path = join(folder, 'import-0.db');
  const log = size(`${path}*`) / size(join(repository, 'objects/pack/*.pack'));
  const resident = Math.max(...ours.map((one) => one.resident));
  const line = lineOf({
    what: `import of ${many} versions`,
    anchor: 'git log -p --first-parent',
    ours: many / median(ours.map((one) => one.seconds)),
    anchors: many / median(git),
  });
  return [
    line,
    `${log.toFixed(2).padStart(8)} ×  the log against git's own pack`,
    `${(await asOf(path, documents, versions)).toFixed(2).padStart(8)} ms a text as of a moment; importing took ${resident.toFixed(0)} MiB at most`,
  ].join('\n');
};
