/** Tells in the closing lines what could not be opened as readers do, and how it can. */
import { PROGRAMS } from './programs.ts';

const PACKAGES = { LibreOffice: 'libreoffice-writer-nogui', Chromium: 'chromium' } as const;

/** Vitest calls it when everything is over. */
export const teardown = (): void => {
  for (const [name, path] of Object.entries(PROGRAMS)) {
    if (path !== undefined) continue;
    process.stdout.write(
      [
        '',
        `SKIPPED: everything that is opened in ${name}, because it is not installed.`,
        `Debian has it as ${PACKAGES[name as keyof typeof PACKAGES]}; REQUIRE_READERS=1 makes it a failure.`,
        '',
      ].join('\n'),
    );
  }
};
