import { EXIT_CODES } from './exit-codes.ts';
import type { Io } from './io.ts';
import { programOf } from './program.ts';
import { report } from './report.ts';

/** Runs one command line, without the program's name, and gives the exit code. Never throws. */
export const run = async (argv: readonly string[], io: Io): Promise<number> => {
  try {
    await programOf(io).parseAsync([...argv], { from: 'user' });
    return EXIT_CODES.DONE.code;
  } catch (trouble) {
    return report(trouble, io);
  }
};
