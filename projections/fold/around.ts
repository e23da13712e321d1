import type { Day } from '#events/days.ts';
import type { DataOf } from '#events/event.ts';
import type { TermId } from '#events/values.ts';
import type { ConsentState, PartyState, RightState } from '../state.ts';
import type { Dated } from './dates.ts';
import { shownDay } from './pending.ts';
import type { Scene } from './scene.ts';
import type { Sheet } from './sheet.ts';

type Parties = ReadonlyMap<string, PartyState>;

/** The assignee joins, and the assignor stays as such. */
const assigned = (parties: Parties, { partyId, by }: DataOf<'PartySucceeded'>): Parties => {
  const assignor = parties.get(partyId);
  const after = new Map(parties);
  if (assignor !== undefined) after.set(partyId, { ...assignor, assignedTo: by.partyId });
  return after.set(by.partyId, { ...by, predecessor: partyId });
};

/** The successor stands in the place and the role of its predecessor. */
const succeeded = (parties: Parties, { partyId, by }: DataOf<'PartySucceeded'>): Parties => {
  const role = parties.get(partyId)?.role;
  const successor: PartyState = {
    ...by,
    ...(role !== undefined && { role }),
    ...(by.partyId !== partyId && { predecessor: partyId }),
  };
  const after = new Map<string, PartyState>();
  for (const [id, party] of parties) {
    if (id === partyId) after.set(by.partyId, successor);
    else if (id !== by.partyId) after.set(id, party);
  }
  return after.set(by.partyId, successor);
};

const without = (parties: Parties, partyId: string): Parties =>
  new Map([...parties].filter(([id]) => id !== partyId));

const partiesAfter = (parties: Parties, { change }: Dated): Parties => {
  switch (change.type) {
    case 'PartyJoined': {
      const { partyId, name, role } = change.data;
      const party = { partyId, name, ...(role !== undefined && { role }) };
      return new Map(parties).set(partyId, party);
    }
    case 'PartyLeft':
      return without(parties, change.data.partyId);
    case 'PartySucceeded':
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
  const last = sheet.steps.reduce((known, { dated }) => partiesAfter(known, dated), parties);
  return [...last.values()];
};

const since = (dated: Dated): { readonly since: Day } | undefined => {
  const day = shownDay(dated.from);
  return day === undefined ? undefined : { since: day };
};

/** Consents granted and not revoked behind it. */
export const consentsOn = (sheet: Sheet): readonly ConsentState[] => {
  const consents = new Map<string, ConsentState>();
  for (const { dated } of sheet.steps) {
    const { change } = dated;
    if (change.type === 'ConsentRevoked') consents.delete(change.data.consentId);
    if (change.type !== 'ConsentGranted') continue;
    const { consentId, by, to, subject, terms = [], changeId } = change.data;
    consents.set(consentId, { consentId, by, to, subject, terms, changeId, ...since(dated) });
  }
  return [...consents.values()];
};

/** What became of rights, in order. */
export const rightsOn = (sheet: Sheet): readonly RightState[] =>
  sheet.steps.flatMap(({ dated }) => {
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
  const affirmations = sheet.steps.flatMap(({ dated }) =>
    dated.change.type === 'TermsAffirmed' ? { dated, terms: dated.change.data.terms } : [],
  );
  return (termId) => {
    const last = affirmations.findLast(
      ({ terms }) => terms === undefined || terms.includes(termId),
    );
    return last === undefined ? undefined : shownDay(last.dated.from);
  };
};
