import { Histories } from '#app/histories.ts';
import { isoDay, parseDay } from '#events/days.ts';
import { isoInstant } from '#events/instants.ts';
import { type Coordinates, coordinates } from '#projections/coordinates.ts';
import { type History, stateAt } from '#projections/history.ts';
import { openStore } from '#store/open.ts';
import { lots } from './lots.ts';
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
  const all = madeUp(events, { terms, dated: true });
  for (let i = 0; i < events; i += 500) {
    await store.append('agreement-bench', all.slice(i, i + 500), 'any');
  }
  const history = await new Histories(store).current('bench');
  if (history === undefined) throw new Error('the made-up agreement is not there');
  return history;
};

/** Points drawn by lot: any day, as known at any place in the log, every other one with a further coordinate. */
const points = ({ events }: History, many: number, seed: number): readonly Coordinates[] => {
  const lot = lots(seed);
  const day = () => isoDay(14_610 + lot(5_000));
  const instant = () => isoInstant(events[lot(events.length)]?.recordedAt ?? 0);
  const further = [
    () => ({ position: 1 + lot(events.length), executedBy: day() }),
    () => ({ position: 1 + lot(events.length), uncertain: 'EARLIEST' }),
    () => ({ knownAt: instant() }),
    () => ({ knowledge: 'PUBLIC', knownAt: day() }),
  ];
  return Array.from({ length: many }, (_, n) => {
    const known = n % 2 === 0 ? undefined : further[(n >> 1) % further.length];
    const seen = known?.() ?? { position: 1 + lot(events.length) };
    return coordinates.parse({ effectiveOn: day(), ...seen });
  });
};

/** The time of one state and of reading what each of its terms says, µs. */
const stateTime = (history: History, asked: readonly Coordinates[]): number => {
  let read = 0;
  const start = performance.now();
  for (const at of asked) {
    for (const { value, applies } of stateAt(history, at).terms) {
      read += applies ? value.kind.length : 0;
    }
  }
  const time = performance.now() - start;
  if (read === 0) throw new Error('nothing was read');
  return (time * 1_000) / asked.length;
};

type Columns = { readonly from: Int32Array; readonly place: Int32Array };

/** The days and places of each term's amendments, in the order of their days. */
const columnsOf = ({ events }: History): readonly Columns[] => {
  const amendments = events.flatMap(({ type, data }, place) =>
    type === 'TermAmended'
      ? { term: data.termId, from: parseDay(String(data.effectiveFrom)), place }
      : [],
  );
  return [...Map.groupBy(amendments, ({ term }) => term).values()].map((rows) => {
    const sorted = rows.toSorted((a, b) => a.from - b.from);
    return {
      from: Int32Array.from(sorted, ({ from }) => from),
      place: Int32Array.from(sorted, ({ place }) => place),
    };
  });
};

const lastBy = ({ from, place }: Columns, day: number, position: number): number => {
  let at = from.length - 1;
  while (at >= 0 && ((from[at] ?? 0) > day || (place[at] ?? 0) >= position)) at--;
  return at;
};

/** The time in which bare columns are scanned back for the amendment of each term that counts at a point, µs. */
const scanTime = (columns: readonly Columns[], asked: readonly Coordinates[]): number => {
  let found = 0;
  const start = performance.now();
  for (const { effectiveOn, position = Number.POSITIVE_INFINITY } of asked) {
    const day = parseDay(effectiveOn);
    for (const each of columns) found += lastBy(each, day, position);
  }
  const time = performance.now() - start;
  if (found === 0) throw new Error('nothing was found');
  return (time * 1_000) / asked.length;
};

/** The median times of rounds of points never asked before, of the same by a bare scan, and of points asked again. */
export const stateTimes = (history: History, each: number) => {
  // What is worked out once for many points is worked out here.
  stateTime(history, points(history, 10 * each, 0));
  const columns = columnsOf(history);
  const rounds = [1, 2, 3, 4, 5, 6, 7].map((round) => {
    const asked = points(history, each, round);
    return { scan: scanTime(columns, asked), fresh: stateTime(history, asked) };
  });
  const few = points(history, 8, 8);
  const again = Array.from({ length: each }, (_, n) => few[n % few.length]).flatMap(
    (at) => at ?? [],
  );
  stateTime(history, few);
  return {
    fresh: median(rounds.map(({ fresh }) => fresh)),
    scan: median(rounds.map(({ scan }) => scan)),
    again: stateTime(history, again),
  };
};

const micros = (time: number): string => `${time.toFixed(time < 100 ? 1 : 0).padStart(8)} µs`;

/** States at mixed coordinates of small and large agreements. */
export const measureStates = async (_: string, quick: boolean): Promise<string> => {
  const sizes: readonly (readonly [events: number, terms: number, points: number])[] = quick
    ? [[1_000, 20, 200]]
    : [
        [1_000, 20, 2_000],
        [100_000, 200, 400],
      ];
  const lines: string[] = [];
  for (const [events, terms, each] of sizes) {
    const { fresh, scan, again } = stateTimes(await historyWith(events, terms), each);
    const what = `stateAt of ${events} events, ${terms} terms`;
    const ratio = `${(scan / fresh).toFixed(2)} × a bare scan of columns, ${micros(scan).trim()}`;
    lines.push(`${micros(fresh)}  ${what}, at a new point each time (${ratio})`);
    lines.push(`${micros(again)}  ${what}, at points asked before`);
  }
  return lines.join('\n');
};
