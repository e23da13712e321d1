import { styleText } from 'node:util';
import { forScreen } from './for-screen.ts';

/** Where text goes, and now and then a file; the part of a stream that the commands need. */
export type Sink = {
  write(content: string | Uint8Array): unknown;
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal in characters. */
  readonly columns?: number | undefined;
};

/** Everything a command touches of the world around it. */
export type Io = {
  readonly out: Sink;
  readonly err: Sink;
  readonly env: { readonly [variable: string]: string | undefined };
  /** Aborts when the user or the system wants the program to end. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

type Format = Parameters<typeof styleText>[0];
/** Gives text a colour or weight where the reader's screen shows them; else the text as it is. */
export type Paint = (format: Format, text: string) => string;

const wantsColours = (sink: Sink, env: Io['env']): boolean => {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0';
  return sink.isTTY === true && env['TERM'] !== 'dumb';
};

/** Colours only on a terminal; NO_COLOR and FORCE_COLOR are respected (no-color.org). */
export const paintFor = (sink: Sink, env: Io['env']): Paint => {
  if (!wantsColours(sink, env)) return (_, text) => text;
  return (format, text) => styleText(format, text, { validateStream: false });
};

/** What a command writes with. */
export type Screen = {
  readonly paint: Paint;
  /** Characters that fit on a line. */
  readonly width: number;
  line(text?: string): void;
};

const [NARROWEST, USUAL, WIDEST] = [40, 100, 120];

export const screenOf = ({ out, env }: Io): Screen => {
  const isPainted = wantsColours(out, env);
  return {
    paint: paintFor(out, env),
    width: Math.max(NARROWEST, Math.min(out.columns ?? USUAL, WIDEST)),
    line: (text = '') => {
      out.write(`${forScreen(text, isPainted)}\n`);
    },
  };
};
