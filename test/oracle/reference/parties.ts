import type { DataOf } from '#events/event.ts';
import type { Party } from '#events/parties.ts';
import type { ConsentState, PartyState, RightState } from '#projections/state.ts';
import { dayText } from './bounds.ts';
import type { Dated } from './change.ts';

const joined = (parties: readonly PartyState[], joining: PartyState): PartyState[] => {
  const { partyId } = joining;
  return parties.some((party) => party.partyId === partyId)
    ? parties.map((party) => (party.partyId === partyId ? { ...party, ...joining } : party))
    : [...parties, joining];
};

const succeeded = (
  parties: readonly PartyState[],
  { partyId, by, kind }: DataOf<'PartySucceeded'>,
): PartyState[] => {
  if (!parties.some((party) => party.partyId === partyId)) return [...parties];
  if (kind === 'ASSIGNED') {
    const kept = parties.map((party) =>
      party.partyId === partyId ? { ...party, assignedTo: by.partyId } : party,
    );
    return joined(kept, { ...by, predecessor: partyId });
  }
  const alone = parties.filter((p) => p.partyId === partyId || p.partyId !== by.partyId);
  return alone.map((party) => {
    if (party.partyId !== partyId) return party;
    const { assignedTo: _, ...rest } = party;
    return { ...rest, ...by, ...(by.partyId !== partyId && { predecessor: partyId }) };
  });
};

/** The parties after the candidates, in order. */
export const partiesOf = (atFirst: readonly Party[], candidates: readonly Dated[]): PartyState[] =>
  candidates.reduce<PartyState[]>(
    (parties, { body: { type, data } }) => {
      if (type === 'PartyJoined') {
        const { partyId, name, role } = data;
        return joined(parties, { partyId, name, ...(role !== undefined && { role }) });
      }
      if (type === 'PartySucceeded') return succeeded(parties, data);
      if (type !== 'PartyLeft') return parties;
      return parties.filter((party) => party.partyId !== data.partyId);
    },
    [...atFirst],
  );

export const consentsOf = (candidates: readonly Dated[]): ConsentState[] =>
  candidates.reduce<ConsentState[]>((consents, { id, day, body: { type, data } }) => {
    if (type !== 'ConsentGranted' && type !== 'ConsentRevoked') return consents;
    const others = consents.filter(({ consentId }) => consentId !== data.consentId);
    if (type === 'ConsentRevoked') return others;
    const { consentId, by, to, subject, terms } = data;
    const since = dayText(day);
    return [
      ...others,
      { consentId, by, to, subject, terms: terms ?? [], changeId: id, ...(since && { since }) },
    ];
  }, []);

export const rightsOf = (candidates: readonly Dated[]): RightState[] =>
  candidates.flatMap(({ id, day, body: { type, data } }) => {
    if (type !== 'RightResolved') return [];
    const { termId, outcome, subject } = data;
    const about = subject === undefined ? {} : { subject };
    const on = dayText(day);
    return [{ termId, outcome, ...about, changeId: id, ...(on && { on }) }];
  });
