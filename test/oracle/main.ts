/**
 * The long oracle: random points against the reference fold until there have been enough. Seeds are printed; a
 * history that fails is shrunk to its smallest and saved as a case that the suite runs from then on.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { bothAnswers } from './agreement.ts';
import { type RandomHistory, randomHistory } from './random-history.ts';

const { values } = parseArgs({
  options: { points: { type: 'string', default: '10000000' }, seed: { type: 'string' } },
});
const CASES = fileURLToPath(new URL('./cases/', import.meta.url));
const RUNS = 5_000;

const wanted = Number(values.points);
const from = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
let points = 0;

const agree = ({ events, questions }: RandomHistory): boolean => {
  points += questions.length;
  return bothAnswers(events, questions).every(({ fold, reference }) =>
    isDeepStrictEqual(fold, reference),
  );
};

const save = ({ events, questions }: RandomHistory, seed: number): string => {
  mkdirSync(CASES, { recursive: true });
  const path = `${CASES}seed-${seed}.json`;
  const failing = questions.filter((at) => !agree({ events, questions: [at] }));
  writeFileSync(path, `${JSON.stringify({ events, questions: failing }, null, 2)}\n`);
  return path;
};

for (let seed = from; points < wanted; seed++) {
  // What is referred to weakly lives until the turn ends, and the heap would grow until the end of all points.
  await nextTurn();
  const start = performance.now();
  const before = points;
  const result = fc.check(fc.property(randomHistory, agree), { numRuns: RUNS, seed });
  const rate = ((points - before) * 1_000) / (performance.now() - start);
  const left = Math.max(0, wanted - points) / rate / 60;
  process.stdout.write(
    `seed ${seed}  ${points} of ${wanted} points  ${rate.toFixed(0)}/s  ${left.toFixed(0)} min left\n`,
  );
  const [failed] = result.counterexample ?? [];
  if (failed === undefined) continue;
  process.stdout.write(`Two answers differ. Saved as ${save(failed, seed)}\n`);
  process.exitCode = 1;
  break;
}
