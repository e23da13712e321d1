import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { diffWordsWithSpace } from 'diff';
import { diff as fastMyers } from 'fast-myers-diff';
import { diffTexts } from '#projections/diff/texts.ts';
import { tokenPair } from '#projections/diff/tokens.ts';
import { median } from './measure.ts';
import { editedPair, HARD } from './word-texts.ts';

type Pair = readonly [before: string, after: string];
type Compare = (before: string, after: string) => unknown;

const WORDS = 20_000;
/** The others have no bounds of their own: one is stopped, the other gets a tenth of what is hard. */
const PATIENCE = 2_000;
const TENTH = WORDS / 10;

const ours: Compare = (before, after) => diffTexts(before, after, 'WORDS');
const jsdiff: Compare = (before, after) => diffWordsWithSpace(before, after, { timeout: PATIENCE });
/** On our tokens, interned, so that it compares numbers. */
const myers: Compare = (before, after) => {
  const { a, b } = tokenPair(before, after);
  return [...fastMyers(a.ids, b.ids)];
};

const time = (run: () => unknown): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};

/** Median times in ms, each way in turns. */
const times = (pair: Pair, ways: readonly Compare[], rounds: number): readonly number[] => {
  const all = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, compare] of ways.entries()) all[at]?.push(time(() => compare(...pair)));
  }
  return all.map(median);
};

const ms = (of: number | undefined = Number.NaN): string => `${of.toFixed(of < 10 ? 1 : 0)} ms`;
const timesOf = (of: number | undefined, one: number | undefined): string =>
  `${((of ?? Number.NaN) / (one ?? Number.NaN)).toFixed(2)} ×`;
const stopped = (of: number | undefined = 0): string =>
  of >= PATIENCE ? `stopped after ${ms(PATIENCE)}` : ms(of);

const editLine = (ofThousand: number, rounds: number): string => {
  const pair = editedPair(WORDS, ofThousand);
  times(pair, [ours, tokenPair], 5);
  const [tokens, own] = times(pair, [tokenPair, ours], rounds);
  const [other] = times(pair, [myers], 3);
  const [slow] = times(pair, [jsdiff], 1);
  const what = `two texts of ${WORDS} words, ${ofThousand / 10} % edits (${ms(own)})`;
  const beside = `fast-myers-diff ${timesOf(other, tokens)}, jsdiff ${timesOf(slow, tokens)}`;
  return `${timesOf(own, tokens).padStart(10)}  ${what} against cutting them into words (${ms(tokens)}); ${beside}`;
};

const hardLine = (name: string, rounds: number): string => {
  const make = HARD[name] ?? (() => ['', ''] as const);
  const [own] = times(make(WORDS), [ours], rounds);
  const [slow] = times(make(WORDS), [jsdiff], 1);
  const [tenth, other] = times(make(TENTH), [ours, myers], 1);
  const small = `of ${TENTH} words: ${ms(tenth)}, fast-myers-diff ${ms(other)}`;
  return `${ms(own).padStart(10)}  ${name}, ${WORDS} words; jsdiff ${stopped(slow)}; ${small}`;
};

const MEMORY = fileURLToPath(new URL('./words-memory.ts', import.meta.url));

/** Texts that take more memory than it takes to make them. */
const FEW = 80_000;

/** What a comparison takes beyond the two texts, MiB. */
const memory = (name: string, words: number): number => {
  const peak = (...diff: readonly string[]) =>
    Number(execFileSync(process.execPath, [MEMORY, name, `${words}`, ...diff]));
  return Math.max(0, peak('diff') - peak()) / 1_024;
};

const memoryLine = (name: string): string => {
  const [small, large] = [memory(name, FEW), memory(name, 4 * FEW)];
  return `${large.toFixed(0).padStart(6)} MiB  ${name}, ${4 * FEW} words; ${FEW} words ${small.toFixed(0)} MiB`;
};

/** The word diff against cutting texts into words, and on texts that are hard to compare. */
export const measureWords = async (_: string, quick: boolean): Promise<string> => {
  const rounds = quick ? 5 : 25;
  const hard = Object.keys(HARD);
  return [
    ...[20, 100].map((ofThousand) => editLine(ofThousand, rounds)),
    ...hard.map((name) => hardLine(name, quick ? 1 : 5)),
    ...(quick ? [] : hard.map(memoryLine)),
  ].join('\n');
};
