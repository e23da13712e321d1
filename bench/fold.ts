import { join } from 'node:path';
import { Histories } from '#app/histories.ts';
import { isoDay } from '#events/days.ts';
import { coordinates } from '#projections/coordinates.ts';
import { stateAt } from '#projections/history.ts';
import { openStore } from '#store/open.ts';
import { madeUp } from './made-up.ts';
import { against, type Measured } from './measure.ts';

const STREAM = 'agreement-bench';
const PER_APPEND = 5_000;
const ASKED = 50;

/** Reading and folding a whole agreement, and asking it, each against JSON on the same data. */
export const measureFold = async (folder: string, quick: boolean): Promise<readonly Measured[]> => {
  const size = quick ? 2_000 : 20_000;
  const rounds = quick ? 3 : 7;
  await using store = await openStore(`sqlite:${join(folder, 'fold.db')}`);
  const events = madeUp(size);
  for (let i = 0; i < size; i += PER_APPEND) {
    await store.append(STREAM, events.slice(i, i + PER_APPEND), 'any');
  }
  const days = Array.from({ length: ASKED }, (_, i) =>
    coordinates.parse({ effectiveOn: isoDay(14_610 + i * 97) }),
  );
  const rebuild = async () => {
    const history = await new Histories(store).current('bench');
    if (history !== undefined && days[0] !== undefined) stateAt(history, days[0]);
  };
  const history = await new Histories(store).current('bench');
  if (history === undefined) throw new Error('the made-up agreement is not there');
  const answers = days.map((at) => stateAt(history, at));
  return [
    await against(
      [`read and fold ${size} events`, { operations: size, prepare: () => rebuild }],
      [
        'JSON.parse of them',
        {
          operations: size,
          prepare: () => () => {
            for (const event of events) JSON.parse(event.data);
          },
        },
      ],
      rounds,
    ),
    await against(
      [
        `stateAt, warm, ${size} events`,
        {
          operations: ASKED,
          prepare: () => () => {
            for (const at of days) stateAt(history, at);
          },
        },
      ],
      [
        'JSON.stringify of the answer',
        {
          operations: ASKED,
          prepare: () => () => {
            for (const answer of answers) JSON.stringify(answer);
          },
        },
      ],
      rounds,
    ),
  ];
};
