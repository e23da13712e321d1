/** Real histories of documents, imported, against what git itself says held at instants in them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createApp } from '#app/create-app.ts';
import type { Question } from '#app/question.ts';
import { isoInstant } from '#events/instants.ts';
import { importPile, lookThrough, type PileReport } from '#importers/documents/import-pile.ts';
import { titleOf } from '#importers/documents/names.ts';
import type { Order } from '#importers/documents/timeline.ts';
import { versionsFile } from '#importers/sources/versions-file.ts';
import { textOf } from '#projections/text.ts';
import { openStore } from '#store/open.ts';

/** One of git's answers: the blob of a path at a moment; null: the path was not there. */
type Point = { readonly path: string; readonly atEpoch: number; readonly blobSha: string | null };

const blobOf = (text: string): string => {
  const bytes = Buffer.from(text, 'utf8');
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
};

const linesOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

export type Compared = {
  readonly points: number;
  /** `path at epoch: ours, git's`. */
  readonly differences: readonly string[];
  readonly report: PileReport;
};

/** Imports `NAME.versions.jsonl` into a log in memory and asks it everything that `NAME.asof.jsonl` tells. */
export const compareWithGit = async (name: string, order: Order): Promise<Compared> => {
  await using log = await openStore('sqlite::memory:');
  await using source = await versionsFile(`${name}.versions.jsonl`);
  const pile = await lookThrough(source, 'pile');
  const report = await importPile(pile, {
    source,
    log,
    by: 'oracle',
    order,
    timeZone: 'UTC',
    publisher: 'Publisher',
    onVersion: () => undefined,
    signal: new AbortController().signal,
  });
  await using app = await createApp({ store: log, now: () => Date.parse('2100-01-01T00:00:00Z') });
  const agreements = Map.groupBy(
    pile.documents.flatMap(({ agreementId, versions }) =>
      [...new Set(versions.map(({ path }) => path))].map((path) => ({ path, agreementId })),
    ),
    ({ path }) => path,
  );
  const answer = async ({ path, atEpoch }: Point): Promise<string | null> => {
    const asOf = isoInstant(atEpoch * 1_000) as NonNullable<Question['asOf']>;
    for (const { agreementId } of agreements.get(path) ?? []) {
      const found = await app.views.stateAt(agreementId, { asOf });
      const text = found?.state.title === titleOf(path) ? textOf(found.state) : undefined;
      if (text !== undefined) return blobOf(text);
    }
    return null;
  };
  const differences: string[] = [];
  const lines = linesOf(`${name}.asof.jsonl`);
  for (const line of lines) {
    const point: Point = JSON.parse(line);
    const ours = await answer(point);
    if (ours !== point.blobSha) {
      differences.push(`${point.path} at ${point.atEpoch}: ${ours}, ${point.blobSha}`);
    }
  }
  return { points: lines.length, differences, report };
};
