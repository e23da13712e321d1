/** Imports a git repository in a process of its own, as the command line does, and tells what it took. */
import { importPile, lookThrough } from '#importers/documents/import-pile.ts';
import { gitRepository } from '#importers/sources/git-repository.ts';
import { collectSooner } from '#src/cli/collect-sooner.ts';
import { openStore } from '#store/open.ts';

/** In seconds, and MiB resident at most. */
export type Import = { readonly seconds: number; readonly resident: number };

const [, , repository = '', path = ''] = process.argv;
collectSooner(60);
const start = performance.now();
{
  await using log = await openStore(`sqlite:${path}`);
  await using source = await gitRepository(repository, {});
  await importPile(await lookThrough(source, 'bench'), {
    source,
    log,
    by: 'bench',
    order: 'date',
    timeZone: 'UTC',
    publisher: 'Publisher',
    onVersion: () => undefined,
    signal: new AbortController().signal,
  });
}
const taken: Import = {
  seconds: (performance.now() - start) / 1_000,
  resident: process.resourceUsage().maxRSS / 1_024,
};
process.send?.(taken);
