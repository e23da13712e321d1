import type { Dated } from '../fold/dates.ts';
import { shownDay } from '../fold/pending.ts';
import type { Ending } from '../fold/step.ts';
import type { AgreementState, TermState } from '../state.ts';
import type { Reason } from './explanation.ts';
import { type Ground, nameOf } from './ground.ts';
import { reason } from './reason.ts';
import type { Rule } from './rules.ts';

/** How the term stands as a whole, and the change that ended it. */
export type Outcome = { readonly reason: Reason; readonly by?: Dated };

const IN_WORDS = {
  REMOVED: 'removed',
  REPLACED: 'replaced',
  EXPIRED: 'expired',
  TERMINATED: 'terminated',
  VOIDED: 'voided',
} as const;

const ruleOf = ({ standing, by, successors }: Ending): Rule => {
  if (standing === 'EXPIRED') {
    return by.change.type === 'AgreementAmended' ? 'AGREEMENT_EXPIRED' : 'ENDED';
  }
  if (standing === 'TERMINATED') return 'AGREEMENT_TERMINATED';
  return standing === 'REPLACED' && successors.length === 0 ? 'DISPLACED' : standing;
};

const byEnding = (ending: Ending): Outcome => {
  const { standing, by, day, successors } = ending;
  const places = successors.length === 0 ? '' : ` by ${successors.join(', ')}`;
  const text = `${IN_WORDS[standing]}${places} from ${shownDay(day) ?? 'an unknown day'} on, by ${nameOf(by.change)}`;
  return { reason: reason(ruleOf(ending), text, { by: [by], day }), by };
};

const inForce = ({ inForceSince }: TermState, { sheet, termId }: Ground): Outcome => {
  const causes = sheet.table.live.get(termId)?.causes ?? [];
  const names = causes.map(({ change }) => nameOf(change));
  const since = inForceSince === undefined ? 'an unknown day' : inForceSince;
  const text = `in force since ${since}; what it says is owed to ${[...new Set(names)].join(', then ')}`;
  const [first] = causes;
  return { reason: reason('PREVAILS', text, { by: causes, ...(first && { day: first.from }) }) };
};

/** Why the term is in force, or is not. */
export const outcomeOf = (term: TermState | undefined, ground: Ground): Outcome => {
  if (term !== undefined) return inForce(term, ground);
  const { table } = ground.sheet;
  const live = table.live.has(ground.termId);
  const ending = live ? ground.whole.ending(ground.termId) : table.ended.get(ground.termId);
  if (ending !== undefined) return byEnding(ending);
  const text = 'not in force: no change that counts on this day has brought it in';
  return { reason: reason('NOT_BROUGHT_IN', text) };
};

const surviving = (term: TermState | undefined, { whole }: Ground): readonly Reason[] => {
  if (term === undefined || whole.standing === undefined) return [];
  const text = `the agreement is ${IN_WORDS[whole.standing]}, and lets this term survive`;
  return [reason('SURVIVES', text)];
};

const switched = (term: TermState | undefined): readonly Reason[] => {
  if (term === undefined || term.applies) return [];
  const by = term.overlays.map(({ changeId }) => changeId);
  const text = 'does not apply: what lies on it switches it off, and its value goes on underneath';
  return [{ ...reason('SWITCHED_OFF', text), by }];
};

const covered = ({ coverage }: AgreementState): readonly Reason[] => {
  if (coverage?.gap !== undefined) {
    const { from, until, reason: why } = coverage.gap;
    return [reason('IN_A_GAP', `we did not look from ${from} to ${until}: ${why}`)];
  }
  if (coverage?.stale !== true) return [];
  const text = `we have looked until ${coverage.observedThrough} only`;
  return [{ ...reason('BEHIND_COVERAGE', text), day: coverage.observedThrough }];
};

const claimed = ({ claims }: AgreementState, { termId }: Ground): readonly Reason[] =>
  claims
    .filter(({ about, open }) => open && about.includes(termId))
    .map(({ claimId, by, reportedAt }) =>
      reason(
        'CLAIM_ALTERS_NOTHING',
        `${claimId} is an open claim about it, of ${reportedAt} by ${by}, and alters nothing`,
      ),
    );

/** What else a reader of the answer about the term has to know. */
export const besides = (
  term: TermState | undefined,
  state: AgreementState,
  ground: Ground,
): readonly Reason[] => [
  ...surviving(term, ground),
  ...switched(term),
  ...claimed(state, ground),
  ...covered(state),
];

/** Why a state says nothing at all. */
export const emptiness = (state: AgreementState): Reason | undefined => {
  if (state.empty === 'NOT_RECORDED') {
    return reason('NOT_RECORDED', 'the agreement is not on record at this point');
  }
  if (state.empty === undefined) return undefined;
  const { from } = state.coverage ?? {};
  const text = `our observation begins on ${from}, and nothing is said of the days before`;
  return { ...reason('BEFORE_COVERAGE', text), ...(from && { day: from }) };
};
