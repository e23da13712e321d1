import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as echarts from 'echarts';
import { parseCommand } from '#agreement/commands.ts';
import { createApp } from '#app/create-app.ts';
import type { Day } from '#events/days.ts';
import { openStore } from '#store/open.ts';
import { historyWith, stateTimes } from './fold.ts';
import { madeUp } from './made-up.ts';
import { logOf, PER_AGREEMENT } from './many.ts';
import { median } from './measure.ts';
import { firstAnswer, residentAfter } from './start.ts';

/** What one thing costs at each size of the log. */
type Growth = {
  readonly what: string;
  readonly points: readonly (readonly [size: number, cost: number])[];
};

const timed = async (run: () => unknown): Promise<number> => {
  const start = performance.now();
  await run();
  return performance.now() - start;
};

const appends = async (path: string): Promise<number> => {
  await using store = await openStore(`sqlite:${path}`);
  const times: number[] = [];
  for (const event of madeUp(300, { terms: 1 })) {
    times.push(await timed(() => store.append('agreement-bench', [event], 'any')));
  }
  return median(times);
};

const appendsAtOnce = async (path: string): Promise<number> => {
  await using store = await openStore(`sqlite:${path}`);
  const clients = Array.from({ length: 64 }, () => madeUp(40, { terms: 1 }));
  const all = await timed(() =>
    Promise.all(
      clients.map(async (events, n) => {
        for (const event of events) await store.append(`agreement-${n}`, [event], 'any');
      }),
    ),
  );
  return all / (64 * 40);
};

/** A paper with ten changes through the rules, on an agreement of a thousand events. */
const papers = async (path: string): Promise<number> => {
  await using store = await openStore(`sqlite:${path}`);
  await using app = await createApp({ store, now: Date.now });
  const times: number[] = [];
  for (let n = 0; n < 40; n++) {
    const changes = Array.from({ length: 10 }, (_, i) => ({
      amendTerm: { termId: `t${i}`, values: { prose: `Says paper ${n}.` } },
    }));
    const id = `growth-${times.length}-${performance.now()}`.replace('.', '-');
    const instrument = { id, kind: 'AMENDMENT', title: 'Paper', executedAt: '2025-01-01' };
    const command = parseCommand('RecordInstrument', { agreement: 'a0', instrument, changes });
    times.push(await timed(() => app.execute(command, { by: 'bench', commandId: id })));
  }
  return median(times);
};

/** A question about one agreement of a thousand events that was asked before. */
const questions = async (path: string): Promise<number> => {
  await using store = await openStore(`sqlite:${path}`);
  await using app = await createApp({ store, now: Date.now });
  const times: number[] = [];
  for (let n = 0; n < 400; n++) {
    times.push(await timed(() => app.views.stateAt('a0', { effectiveOn: '2015-01-01' as Day })));
  }
  return median(times);
};

const reading = async (path: string): Promise<number> => {
  await using store = await openStore(`sqlite:${path}`);
  return await timed(async () => {
    for await (const page of store.readAll()) if (page.length === 0) break;
  });
};

/** Slope of the logarithms, by least squares: 0 does not grow, 1 grows with the size. */
export const exponentOf = ({ points }: Growth): number => {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
  const [x, y] = [mean(logs.map(([a]) => a)), mean(logs.map(([, b]) => b))];
  const up = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return up / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
};

const drawn = (all: readonly Growth[]): string => {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 560 });
  chart.setOption({
    animation: false,
    title: { text: 'What things cost as the log grows', left: 'center' },
    legend: { bottom: 0, type: 'plain' },
    grid: { left: 70, right: 30, top: 50, bottom: 110 },
    xAxis: { type: 'log', name: 'events', min: 1_000 },
    yAxis: { type: 'log', name: 'ms, MiB' },
    series: all.map((growth) => ({
      type: 'line',
      name: `${growth.what} (n^${exponentOf(growth).toFixed(2)})`,
      data: growth.points,
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
};

/** Costs at several sizes of the log, with their exponents; drawn into the folder. */
export const measureGrowth = async (folder: string, quick: boolean, drawInto: string) => {
  const sizes = quick ? [1_000, 2_000] : [1_000, 10_000, 100_000, 1_000_000];
  const over = async (
    what: string,
    cost: (path: string, size: number) => Promise<number>,
    upTo = 1e9,
  ) => {
    const points: (readonly [number, number])[] = [];
    for (const size of sizes.filter((one) => one <= upTo)) {
      points.push([size, await cost(await logOf(folder, size), size)]);
    }
    return { what, points };
  };
  const all: readonly Growth[] = [
    await over('append, ms', appends),
    await over('append with 64 clients, ms', appendsAtOnce),
    await over('a paper with ten changes, ms', papers),
    await over('a question asked before, ms', questions),
    await over('read all, ms', reading),
    await over('start to first answer, ms', firstAnswer),
    await over('resident, 100 agreements asked, MiB', (path, size) =>
      residentAfter(path, Math.min(100, size / PER_AGREEMENT)),
    ),
    await over(
      'state of one agreement of that size, ms',
      async (_, size) => {
        const history = await historyWith(size, 200);
        return stateTimes(history, 200).fresh / 1_000;
      },
      100_000,
    ),
  ];
  writeFileSync(join(drawInto, 'growth.svg'), drawn(all));
  return all
    .map((one) => `    n^${exponentOf(one).toFixed(2).padStart(5)}  ${one.what}`)
    .join('\n');
};
