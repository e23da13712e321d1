import { run } from '#cli/run.ts';

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

export type World = {
  readonly env?: { readonly [variable: string]: string };
  readonly terminal?: boolean;
  readonly signal?: AbortSignal;
  /** Called with everything that is printed so far, whenever something is. */
  readonly onOut?: (out: string) => void;
  /** Called with everything that is written, piece by piece. */
  readonly onChunk?: (chunk: Uint8Array) => void;
  readonly now?: () => number;
};

/** Runs one command line in this process, with a world of its own. */
export const commandLine = async (argv: readonly string[], world: World = {}): Promise<Ran> => {
  let [out, err] = ['', ''];
  const isTTY = world.terminal === true;
  const code = await run(argv, {
    out: {
      isTTY,
      write: (content) => {
        const chunk = Buffer.from(content);
        world.onChunk?.(chunk);
        out += chunk.toString();
        world.onOut?.(out);
      },
    },
    err: {
      isTTY,
      write: (text) => {
        err += String(text);
      },
    },
    env: world.env ?? {},
    signal: world.signal ?? new AbortController().signal,
    now: world.now ?? (() => Date.parse('2026-11-02T12:00:00Z')),
  });
  return { code, out, err };
};
