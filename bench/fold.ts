import { Histories } from '#app/histories.ts';
import { isoDay } from '#events/days.ts';
import { coordinates } from '#projections/coordinates.ts';
import { type History, stateAt } from '#projections/history.ts';
import { openStore } from '#store/open.ts';
import { madeUp } from './made-up.ts';
import { logOf, PER_AGREEMENT } from './many.ts';
import { against, type Measured, median } from './measure.ts';

const DAY = coordinates.parse({ effectiveOn: '2015-01-01' });

/** Reading a whole log and folding each of its agreements, against JSON.parse of the same events. */
export const measureRebuild = async (
  folder: string,
  quick: boolean,
): Promise<readonly Measured[]> => {
  const size = quick ? 2_000 : 20_000;
  await using store = await openStore(`sqlite:${await logOf(folder, size)}`);
  const texts: string[] = [];
  for await (const page of store.readAll()) texts.push(...page.map(({ data }) => data));
  const rebuild = async () => {
    const histories = new Histories(store);
    for (let n = 0; n < size / PER_AGREEMENT; n++) {
      const history = await histories.current(`a${n}`);
      if (history !== undefined) stateAt(history, DAY);
    }
  };
  const parse = () => {
    for (const text of texts) JSON.parse(text);
  };
  return [
    await against(
      [`read and fold ${size} events`, { operations: size, prepare: () => rebuild }],
      ['JSON.parse of them', { operations: size, prepare: () => parse }],
      quick ? 3 : 7,
    ),
  ];
};

/** A history of one agreement with so many events. */
export const historyWith = async (events: number, terms: number): Promise<History> => {
  await using store = await openStore('sqlite::memory:');
  const all = madeUp(events, { terms });
  for (let i = 0; i < events; i += 5_000) {
    await store.append('agreement-bench', all.slice(i, i + 5_000), 'any');
  }
  const history = await new Histories(store).current('bench');
  if (history === undefined) throw new Error('the made-up agreement is not there');
  return history;
};

const mixed = (n: number, events: number) =>
  coordinates.parse({
    effectiveOn: isoDay(14_610 + ((n * 7_919) % 5_000)),
    position: 1 + ((n * 104_729) % events),
  });

/** The median time of one state, µs: at a new point each time, and at points asked before. */
export const stateTimes = (history: History, points: number) => {
  const timed = (n: number): number => {
    const at = mixed(n, history.events.length);
    const start = performance.now();
    stateAt(history, at);
    return (performance.now() - start) * 1_000;
  };
  const numbers = Array.from({ length: points }, (_, n) => n);
  timed(points);
  const fresh = median(numbers.map(timed));
  const few = numbers.slice(0, 8);
  for (const n of few) timed(n);
  const again = median(numbers.map((n) => timed(few[n % few.length] ?? 0)));
  return { fresh, again };
};

const micros = (time: number): string => `${time.toFixed(time < 100 ? 1 : 0).padStart(8)} µs`;

/** States at mixed coordinates of small and large agreements. */
export const measureStates = async (_: string, quick: boolean): Promise<string> => {
  const sizes: readonly (readonly [events: number, terms: number, points: number])[] = quick
    ? [[1_000, 20, 50]]
    : [
        [1_000, 20, 400],
        [100_000, 200, 12],
      ];
  const lines: string[] = [];
  for (const [events, terms, points] of sizes) {
    const { fresh, again } = stateTimes(await historyWith(events, terms), points);
    const what = `stateAt of ${events} events, ${terms} terms`;
    lines.push(`${micros(fresh)}  ${what}, at a new point each time`);
    lines.push(`${micros(again)}  ${what}, at points asked before`);
  }
  return lines.join('\n');
};
