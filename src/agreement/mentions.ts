import type { EffectiveStart } from '#events/change.ts';
import type { Decided } from '#events/event.ts';
import { type DecidedChange, isDecidedChange } from './natural-key.ts';

type ByName = Map<string, Set<string>>;

/**
 * Which names have ever been spoken of, by which changes, in any knowledge: what was retracted or corrected
 * away stays. Answers "could this be there", never "is it there". It only grows.
 */
export type Mentions = {
  /** Term → the changes that bring it in. */
  readonly bringers: ByName;
  /** Term → the changes that set, alter or end its value. */
  readonly shapers: ByName;
  /** Term → the replacements and restatements that lead away from it. */
  readonly enders: ByName;
  /** Condition → the changes that resolve it. */
  readonly resolvers: ByName;
  readonly parties: Set<string>;
  readonly conditions: Set<string>;
  readonly consents: Set<string>;
  readonly overlays: Set<string>;
};

export const noMentions = (): Mentions => ({
  bringers: new Map(),
  shapers: new Map(),
  enders: new Map(),
  resolvers: new Map(),
  parties: new Set(),
  conditions: new Set(),
  consents: new Set(),
  overlays: new Set(),
});

const put = (into: ByName, names: readonly string[], changeId: string): void => {
  for (const name of names) {
    const there = into.get(name);
    if (there === undefined) into.set(name, new Set([changeId]));
    else there.add(changeId);
  }
};

const conditionsOf = (start: EffectiveStart | undefined): readonly string[] =>
  typeof start === 'object' ? start.onConditions.map(({ conditionId }) => conditionId) : [];

const mentionTerms = (into: Mentions, change: DecidedChange): void => {
  const id = change.data.changeId;
  switch (change.type) {
    case 'TermAdded':
      put(into.bringers, [change.data.termId], id);
      put(into.shapers, [change.data.termId], id);
      return;
    case 'TermsReplaced': {
      const brought = change.data.to.map(({ termId }) => termId);
      put(into.bringers, brought, id);
      put(into.enders, change.data.from, id);
      put(into.shapers, [...change.data.from, ...brought], id);
      return;
    }
    case 'AgreementRestated': {
      const brought = change.data.terms.map(({ termId }) => termId);
      const left = change.data.mapping.map(({ from }) => from);
      put(into.bringers, brought, id);
      put(into.enders, left, id);
      put(into.shapers, [...left, ...brought], id);
      return;
    }
    case 'TermAmended':
    case 'TermRemoved':
    case 'TermRectified':
      put(into.shapers, [change.data.termId], id);
      return;
    default:
  }
};

const mentionOthers = (into: Mentions, { type, data }: DecidedChange): void => {
  switch (type) {
    case 'PartyJoined':
      into.parties.add(data.partyId);
      return;
    case 'PartySucceeded':
      into.parties.add(data.by.partyId);
      return;
    case 'ConsentGranted':
      into.consents.add(data.consentId);
      return;
    case 'OverlayApplied':
      into.overlays.add(data.overlayId);
      return;
    case 'ConditionResolved':
      put(into.resolvers, [data.conditionId], data.changeId);
      return;
    default:
  }
};

/** Notes the names that an event speaks of. */
export const mention = (into: Mentions, event: Decided): void => {
  if (event.type === 'AgreementRecorded') {
    for (const { partyId } of event.data.parties) into.parties.add(partyId);
  }
  if (event.type === 'InstrumentRecorded') {
    for (const condition of conditionsOf(event.data.effectiveFrom)) into.conditions.add(condition);
  }
  if (!isDecidedChange(event)) return;
  for (const condition of conditionsOf(event.data.effectiveFrom)) into.conditions.add(condition);
  mentionTerms(into, event);
  mentionOthers(into, event);
};
