/** Programs that open what we print, where they are installed; tests that need one are skipped where it is not. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const onPath = (process.env['PATH'] ?? '').split(delimiter);

const firstOf = (names: readonly string[], folders: readonly string[]): string | undefined =>
  names
    .flatMap((name) => [...onPath, ...folders].map((folder) => join(folder, name)))
    .find((path) => existsSync(path));

/** Paths of the programs; undefined where one is not installed. */
export const PROGRAMS = {
  LibreOffice: firstOf(
    ['soffice'],
    ['/usr/lib/libreoffice/program', '/Applications/LibreOffice.app/Contents/MacOS'],
  ),
  Chromium: firstOf(
    ['chromium', 'chromium-browser', 'google-chrome'],
    ['/Applications/Google Chrome.app/Contents/MacOS'],
  ),
} as const;

export const isMissing = (name: keyof typeof PROGRAMS): boolean => {
  if (PROGRAMS[name] !== undefined) return false;
  if (process.env['REQUIRE_READERS'] === '1') throw new Error(`${name} is not installed`);
  return true;
};
