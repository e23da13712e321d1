import type { TermId } from '#events/values.ts';
import { type Change, termsOf } from '../fold/change.ts';
import { withSuccessors } from '../fold/successors.ts';
import type { LineageEdge } from '../state.ts';

/** It bears on every term: it affirms all, or says how the agreement itself ends. */
const bearsOnAll = (change: Change): boolean => {
  switch (change.type) {
    case 'TermsAffirmed':
      return change.data.terms === undefined;
    case 'AgreementTerminated':
    case 'AgreementReinstated':
      return true;
    case 'AgreementAmended':
      return change.data.endsOn !== undefined || change.data.survives !== undefined;
    default:
      return false;
  }
};

const names = (change: Change, termId: TermId, edges: readonly LineageEdge[]): boolean => {
  const terms = termsOf(change);
  if (change.type === 'OverlayApplied') return withSuccessors(terms, edges).has(termId);
  return terms.includes(termId) || bearsOnAll(change);
};

/** What others are known by: the change, its overlay, the conditions that it waits for. */
const handlesOf = (change: Change): readonly string[] => [
  `change:${change.changeId}`,
  ...(change.type === 'OverlayApplied' ? [`overlay:${change.data.overlayId}`] : []),
  ...(change.type === 'ConsentGranted' ? [`consent:${change.data.consentId}`] : []),
  ...(typeof change.from === 'string'
    ? []
    : change.from.onConditions.map(({ conditionId }) => `condition:${conditionId}`)),
];

/** The handles that a change takes hold of: it voids, displaces, lifts, revokes or resolves. */
const graspsOf = (change: Change): readonly string[] => {
  const displaced = (change.data.displaces ?? []).map((id) => `change:${id}`);
  switch (change.type) {
    case 'ChangeVoided':
      return [...displaced, `change:${change.data.target}`];
    case 'OverlayLifted':
      return [...displaced, `overlay:${change.data.overlayId}`];
    case 'ConsentRevoked':
      return [...displaced, `consent:${change.data.consentId}`];
    case 'ConditionResolved':
      return [...displaced, `condition:${change.data.conditionId}`];
    default:
      return displaced;
  }
};

/** Which changes take hold of a handle. */
const graspersOf = (changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> => {
  const graspers = new Map<string, Change[]>();
  for (const change of changes) {
    for (const grasp of graspsOf(change)) {
      const others = graspers.get(grasp);
      if (others === undefined) graspers.set(grasp, [change]);
      else others.push(change);
    }
  }
  return graspers;
};

/**
 * The changes that concern a term, in the order given: those that act on it, bring it in or lie on it, those
 * about the end of the whole agreement, and through any number of steps those that void, displace, lift, revoke or
 * resolve what these depend on.
 */
export const concerning = (
  changes: readonly Change[],
  termId: TermId,
  edges: readonly LineageEdge[],
): readonly Change[] => {
  const found = new Set(changes.filter((change) => names(change, termId, edges)));
  const graspers = graspersOf(changes);
  // A set hands out what is added while it is walked.
  for (const change of found) {
    const reached = handlesOf(change).flatMap((handle) => graspers.get(handle) ?? []);
    for (const grasper of reached) found.add(grasper);
  }
  return changes.filter((change) => found.has(change));
};
