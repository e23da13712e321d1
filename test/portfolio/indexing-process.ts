/** A process that builds the index of a log, until it has or is killed. Arguments: paths of the log and the index. */
import { createApp } from '#app/create-app.ts';
import { openStore } from '#store/open.ts';

const [log = '', path = ''] = process.argv.slice(2);
await using store = await openStore(`sqlite:${log}`);
const portfolio = { path, patience: Number.POSITIVE_INFINITY };
await using app = await createApp({ store, now: Date.now, portfolio });
const asked = app.views.portfolio({ at: {} }, { first: 1 });
process.stdout.write('begun\n');
await asked;
