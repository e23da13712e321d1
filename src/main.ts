import { run } from '#cli/run.ts';

/** A terminal may hand one Ctrl-C to us twice: itself, and through the process that started us. */
const SAME_MS = 1_000;

const stop = new AbortController();
let since = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted && performance.now() - since > SAME_MS) process.exit(130);
    if (!stop.signal.aborted) since = performance.now();
    stop.abort(signal);
  });
}
// A reader such as `head` that has seen enough is no trouble.
process.stdout.on('error', (trouble: NodeJS.ErrnoException) => {
  if (trouble.code !== 'EPIPE') throw trouble;
  process.exit(0);
});

process.exitCode = await run(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  env: process.env,
  signal: stop.signal,
  now: Date.now,
});
