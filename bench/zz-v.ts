// every version of some documents of ota.db against git
import { execFileSync } from 'node:child_process';
import { createApp } from '#app/create-app.ts';
import { question } from '#app/question.ts';
import { lookThrough } from '#importers/documents/import-pile.ts';
import { otaRepository } from '#importers/sources/ota-repository.ts';
import { textOf } from '#projections/text.ts';
import { openStore } from '#store/open.ts';
import { createHash } from 'node:crypto';
const repo='/work/.mirror/OpenTermsArchive+contrib-versions/repo';
await using log = await openStore('sqlite:/tmp/im/ota.db');
await using app = await createApp({ store: log, now: Date.now });
await using source = await otaRepository(repo, {});
const pile = await lookThrough(source,'bench');
const pick = pile.documents.filter((d,i)=> i%45===7 || /Twitter\/Community Guidelines|TikTok\/Community|Telegram\/Terms/.test(d.path));
let n=0, bad=0; const t=performance.now();
for (const d of pick) { const all=d.versions.filter(v=>v.announcedAt!=='unknown'); const some = all.filter((_,i)=>all.length<40||i%Math.ceil(all.length/40)===0);
 for (const v of some) { // the last version at that very instant holds
  const same = all.filter(x=>x.announcedAt===v.announcedAt).at(-1)!;
  const ans = await app.views.stateAt(d.agreementId, question.parse({ asOf: v.announcedAt }));
  const text = ans && textOf(ans.state); const want = same.content;
  const sha = text===undefined?undefined:createHash('sha1').update(`blob ${Buffer.byteLength(text)}\0`).update(text).digest('hex');
  n++; if (want===undefined ? text!==undefined : sha===undefined || !want.includes(sha)) { bad++; if (bad<6) console.log('differs', d.path, v.announcedAt, want, sha); } } }
console.log(pick.length,'documents',n,'moments',bad,'differences',((performance.now()-t)/1000).toFixed(0),'s');
process.exit(0);
