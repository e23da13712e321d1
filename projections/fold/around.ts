import type { Day } from '#events/days.ts';
import type { DataOf } from '#events/event.ts';
import type { TermId } from '#events/values.ts';
import type { ConsentState, PartyState, RightState } from '../state.ts';
import type { Dated } from './dates.ts';
import { shownDay } from './pending.ts';
import type { Scene, Sheet } from './scene.ts';

type Parties = ReadonlyMap<string, PartyState>;

/** Who joins; who is a party already keeps its place and what is not said anew. */
const joined = (parties: Parties, party: PartyState): Parties =>
  new Map(parties).set(party.partyId, { ...parties.get(party.partyId), ...party });

/** The assignee joins, and the assignor stays as such. */
const assigned = (parties: Parties, { partyId, by }: DataOf<'PartySucceeded'>): Parties => {
  const after = new Map(parties);
  const assignor = parties.get(partyId);
  if (assignor !== undefined) after.set(partyId, { ...assignor, assignedTo: by.partyId });
  return joined(after, { ...by, predecessor: partyId });
};

/** The successor stands in the place and the role of its predecessor. */
const succeeded = (parties: Parties, { partyId, by }: DataOf<'PartySucceeded'>): Parties => {
  const { assignedTo: _, ...before } = parties.get(partyId) ?? {};
  const renamed = by.partyId === partyId;
  const successor: PartyState = { ...before, ...by, ...(!renamed && { predecessor: partyId }) };
  const others = [...parties].filter(([id]) => id === partyId || id !== by.partyId);
  return new Map(
    others.map(([id, party]) => (id === partyId ? [by.partyId, successor] : [id, party])),
  );
};

const without = (parties: Parties, partyId: string): Parties =>
  new Map([...parties].filter(([id]) => id !== partyId));

/** Nothing follows from who is no party. */
const partiesAfter = (parties: Parties, { change }: Dated): Parties => {
  switch (change.type) {
    case 'PartyJoined': {
      const { partyId, name, role } = change.data;
      return joined(parties, { partyId, name, ...(role !== undefined && { role }) });
    }
    case 'PartyLeft':
      return without(parties, change.data.partyId);
    case 'PartySucceeded':
      if (!parties.has(change.data.partyId)) return parties;
      return change.data.kind === 'ASSIGNED'
        ? assigned(parties, change.data)
        : succeeded(parties, change.data);
    default:
      return parties;
  }
};

/** The parties on the day, in the order in which they joined; a successor stands in its place. */
export const partiesOn = (scene: Scene, sheet: Sheet): readonly PartyState[] => {
  const first = scene.knowledge.agreement?.parties ?? [];
  const parties: Parties = new Map(first.map((party) => [party.partyId, party]));
  const last = sheet.applied.reduce(partiesAfter, parties);
  return [...last.values()];
};

const since = (dated: Dated): { readonly since: Day } | undefined => {
  const day = shownDay(dated.from);
  return day === undefined ? undefined : { since: day };
};

/** Consents granted and not revoked behind it. */
export const consentsOn = (sheet: Sheet): readonly ConsentState[] => {
  const consents = new Map<string, ConsentState>();
  for (const dated of sheet.applied) {
    const { change } = dated;
    if (change.type !== 'ConsentRevoked' && change.type !== 'ConsentGranted') continue;
    consents.delete(change.data.consentId);
    if (change.type === 'ConsentRevoked') continue;
    const { consentId, by, to, subject, terms = [], changeId } = change.data;
    consents.set(consentId, { consentId, by, to, subject, terms, changeId, ...since(dated) });
  }
  return [...consents.values()];
};

/** What became of rights, in order. */
export const rightsOn = (sheet: Sheet): readonly RightState[] =>
  sheet.applied.flatMap((dated) => {
    if (dated.change.type !== 'RightResolved') return [];
    const { termId, outcome, subject, changeId } = dated.change.data;
    const on = shownDay(dated.from);
    return {
      termId,
      outcome,
      ...(subject !== undefined && { subject }),
      changeId,
      ...(on !== undefined && { on }),
    };
  });

/** The last affirmation of each term; one that names none affirms all. */
export const affirmedOn = (sheet: Sheet): ((termId: TermId) => Day | undefined) => {
  const affirmations = sheet.applied.flatMap((dated) =>
    dated.change.type === 'TermsAffirmed' ? { dated, terms: dated.change.data.terms } : [],
  );
  return (termId) => {
    const last = affirmations.findLast(
      ({ terms }) => terms === undefined || terms.includes(termId),
    );
    return last === undefined ? undefined : shownDay(last.dated.from);
  };
};
