import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One version of one document, as a line of a `NAME.versions.jsonl` tells it. */
const version = z.object({
  path: z.string(),
  seq: z.number(),
  /** `D`: withdrawn, without a text. */
  status: z.string(),
  authorDate: z.string(),
  text: z.string().nullish(),
});
export type Version = z.infer<typeof version>;

/** Two versions of a document, one after the other. */
export type Pair = { readonly from: Version; readonly to: Version };

const SUFFIX = '.versions.jsonl';

/** The histories of a folder, by name. */
export const historiesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .toSorted();

/** Every two versions in a row of each document of a history; what was withdrawn begins anew. */
export const pairsOf = (folder: string, history: string): readonly Pair[] => {
  const lines = readFileSync(join(folder, `${history}${SUFFIX}`), 'utf8').split('\n');
  const last = new Map<string, Version>();
  return lines
    .filter((line) => line !== '')
    .flatMap((line) => {
      const to = version.parse(JSON.parse(line));
      const from = last.get(to.path);
      last.set(to.path, to);
      return from === undefined || from.text == null || to.text == null ? [] : [{ from, to }];
    });
};
