import type { Progress } from '#store/store.ts';
import type { Io } from './io.ts';

/** Between two words about how far something long has got: on a screen, which is drawn over, and elsewhere, ms. */
const ON_SCREEN_MS = 100;
const PLAIN_MS = 2_000;
const BAR = 24;
const CLEAR_LINE = '\u001b[2K';

const bar = (share: number): string => {
  const full = Math.round(Math.min(1, share) * BAR);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}]`;
};

type Shown = Progress & { readonly elapsed: number };

const numbers = ({ events, share, elapsed }: Shown, unit: string): string => {
  const left = share > 0 ? Math.ceil((elapsed * (1 - share)) / share / 1_000) : undefined;
  const rate = elapsed > 0 ? Math.round((events * 1_000) / elapsed) : 0;
  const parts = [`${events} ${unit}`, `${Math.floor(share * 100)} %`, `${rate}/s`];
  return [...parts, ...(left === undefined ? [] : [`about ${left} s left`])].join(', ');
};

export type ProgressLine = {
  show(progress: Progress): void;
  /** Takes the bar off the screen; nothing elsewhere. */
  end(): void;
};

/** Says on the error stream how far a long work has got: a bar on a screen, now and then a line elsewhere. */
export const progressLine = ({ err, now }: Io, what: string, unit = 'events'): ProgressLine => {
  const begun = now();
  const onScreen = err.isTTY === true;
  let [said, drawn] = [begun, false];
  return {
    show(progress) {
      const at = now();
      if (at - said < (onScreen ? ON_SCREEN_MS : PLAIN_MS)) return;
      said = at;
      const text = numbers({ ...progress, elapsed: at - begun }, unit);
      err.write(onScreen ? `\r${CLEAR_LINE}${bar(progress.share)} ${text}` : `${what}: ${text}\n`);
      drawn = onScreen;
    },
    end() {
      if (drawn) err.write(`\r${CLEAR_LINE}`);
      drawn = false;
    },
  };
};

/** The same in lines, wherever it goes, for what does not tell its end. */
export const progressOn = (io: Io, what: string): ((progress: Progress) => void) => {
  const err = { write: (text: string) => io.err.write(text) };
  return progressLine({ ...io, err }, what).show;
};
