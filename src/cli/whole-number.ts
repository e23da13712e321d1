import { CliFailure } from './exit-codes.ts';
import type { Options } from './question-options.ts';

/** What a flag says, from 0. @throws {CliFailure} for anything but a whole number */
export const wholeNumber = (options: Options, name: string, fallback: number): number => {
  const given = options[name];
  if (given === undefined) return fallback;
  if (/^\d{1,15}$/.test(String(given))) return Number(given);
  throw new CliFailure(
    'USAGE',
    `--${name} can't be ${JSON.stringify(given)}: expected a whole number`,
  );
};
