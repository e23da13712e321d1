/**
 * A process that imports a file of versions, and is mostly killed at it. A dot on standard output for each version that
 * it has looked at.
 *
 * Arguments: path of the log · path of the file.
 */
import { writeSync } from 'node:fs';
import { importPile, lookThrough } from '#importers/documents/import-pile.ts';
import { versionsFile } from '#importers/sources/versions-file.ts';
import { openStore } from '#store/open.ts';

const [path = '', file = ''] = process.argv.slice(2);
await using log = await openStore(`sqlite:${path}`);
await using source = await versionsFile(file);
await importPile(await lookThrough(source, 'pile'), {
  source,
  log,
  by: 'test',
  order: 'date',
  timeZone: 'UTC',
  publisher: 'Publisher',
  onVersion: () => writeSync(1, '.'),
  signal: new AbortController().signal,
});
