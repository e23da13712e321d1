import type { Recorded } from '#events/event.ts';
import { type Knowledge, knowledgeFrom, knowledgeOf, type Said } from './knowledge.ts';
import type { Reading } from './known.ts';
import type { LeftOut } from './past-lives.ts';
import type { PlainlyKnown, PlainRecord } from './plain-record.ts';

const plainlySaid = (known: PlainlyKnown): Said => ({
  ...known,
  retracted: [],
  someRetracted: false,
  revised: [],
});

/**
 * What is known of the first so many of some events, of which the plain ones are looked at once and not each time.
 *
 * @param without which plain changes are left out
 */
export const knowledgeIn = (
  { events, plain }: { readonly events: readonly Recorded[]; readonly plain: PlainRecord },
  { seen, reading }: { readonly seen: number; readonly reading: Reading },
  without?: LeftOut,
): Knowledge => {
  const known = plain.of(seen, reading, without);
  if (known === undefined) return knowledgeOf(events.slice(0, seen), reading);
  return knowledgeFrom(plainlySaid(known), reading);
};
