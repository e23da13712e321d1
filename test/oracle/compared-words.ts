import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffWordsWithSpace } from 'diff';
import { diffTexts } from '#projections/diff/texts.ts';

type Op = 'EQUAL' | 'INSERT' | 'DELETE';
type Hunk = { readonly op: Op; readonly text: string };

/** Compares two texts word by word; undefined where it would take too long. */
export type Compare = (before: string, after: string) => readonly Hunk[] | undefined;

const ours: Compare = (before, after) => diffTexts(before, after, 'WORDS');

const jsdiff: Compare = (before, after) =>
  diffWordsWithSpace(before, after, { timeout: 20_000 })?.map(({ added, removed, value }) => {
    const op = added ? 'INSERT' : 'EQUAL';
    return { op: removed ? 'DELETE' : op, text: value };
  });

const OPS: { readonly [mark: string]: Op } = { ' ': 'EQUAL', '-': 'DELETE', '+': 'INSERT' };

/** What git prints with `--word-diff=porcelain`: a line for each hunk and line, `~` for an end of a line. */
const read = (printed: string): readonly Hunk[] => {
  const body = printed.slice(printed.indexOf('\n', printed.indexOf('\n@@') + 1) + 1);
  const hunks: Hunk[] = [];
  for (const line of body.split('\n')) {
    const last = hunks.at(-1);
    const op = line.startsWith('~') ? last?.op : OPS[line.charAt(0)];
    if (op === undefined) continue;
    const text = line.startsWith('~') ? '\n' : line.slice(1);
    if (last?.op === op) hunks[hunks.length - 1] = { op, text: last.text + text };
    else hunks.push({ op, text });
  }
  return hunks;
};

const git: Compare = (before, after) => {
  const folder = mkdtempSync(join(tmpdir(), 'redline-'));
  try {
    writeFileSync(join(folder, 'a'), before);
    writeFileSync(join(folder, 'b'), after);
    const args = [
      'diff',
      '--no-index',
      '--no-color',
      '--word-diff=porcelain',
      '-U1000000',
      'a',
      'b',
    ];
    execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
    return [];
  } catch (error) {
    // git ends with 1 where files differ.
    const { status, stdout } = error as { status?: number; stdout?: Buffer };
    if (status !== 1 || stdout === undefined) throw error;
    return read(stdout.toString());
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export const WAYS = { ours, git, jsdiff } as const;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/**
 * How a comparison reads: its deletions and insertions; of these the ones without a word, and stretches of one or two
 * words that stay between two changes of words.
 */
export const measured = (hunks: readonly Hunk[]) => {
  const words = ({ text }: Hunk) => text.match(WORD)?.length ?? 0;
  const changes = hunks.filter(({ op }) => op !== 'EQUAL');
  const inner = hunks.slice(1, -1).filter(({ op }) => op === 'EQUAL');
  return {
    changes: changes.length,
    wordless: changes.filter((hunk) => words(hunk) === 0).length,
    crumbs: inner.filter((hunk) => words(hunk) > 0 && words(hunk) <= 2).length,
  };
};
