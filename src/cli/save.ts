import { writeFileSync } from 'node:fs';
import { CliFailure } from './exit-codes.ts';

/** Writes a file anew. @throws {CliFailure} UNAVAILABLE that says why it can't be written */
export const save = (path: string, content: string | Uint8Array): void => {
  try {
    writeFileSync(path, content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliFailure('UNAVAILABLE', `${path} can not be written: ${why}`);
  }
};
