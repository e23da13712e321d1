import { parseDay } from '#events/days.ts';
import type { TermId } from '#events/values.ts';
import type { Coordinates } from '../coordinates.ts';
import { termsOf } from '../fold/change.ts';
import type { Dated } from '../fold/dates.ts';
import { inOrder } from '../fold/order.ts';
import { wholeOn } from '../fold/whole.ts';
import { workingsOn } from '../fold/workings.ts';
import { type History, stateAt } from '../history.ts';
import type { AgreementState } from '../state.ts';
import { concerning } from './concerning.ts';
import { recordAt } from './corrections.ts';
import { type Court, explainedChange } from './explained-change.ts';
import type { ExplainedChange, Explanation, Reason } from './explanation.ts';
import type { Ground } from './ground.ts';
import { learnedLater } from './later.ts';
import { besides, emptiness, outcomeOf } from './outcome.ts';

const groundOf = (history: History, termId: TermId, at: Coordinates): Ground => {
  const known = history.scene(at);
  const day = parseDay(at.effectiveOn);
  const { scene, sheet } = workingsOn(known, day, at.assume);
  const actual = new Set(known.view);
  const assumed = new Set(scene.view.filter((dated) => !actual.has(dated)));
  return { history, at, termId, scene, sheet, whole: wholeOn(scene, sheet), day, assumed };
};

/** Every change that is known: those in view as they are dated there, the others as they would be. */
const known = ({ scene }: Ground): readonly Dated[] => {
  const inView = new Set(scene.view.map(({ change }) => change));
  const { changes, retracted } = scene.knowledge;
  const others = [...changes, ...retracted].filter((change) => !inView.has(change));
  return [...scene.view, ...others.map((change) => scene.calendar.dated(change))];
};

/** Those applied in the order of their last application, behind them the others in the order of their dates. */
const inTurn = (all: readonly Dated[], { sheet }: Ground): readonly Dated[] => {
  const place = new Map<Dated, number>();
  sheet.steps.forEach(({ dated, how }, at) => {
    if (how === 'applied') place.set(dated, at);
  });
  const applied = all.filter((dated) => place.has(dated));
  return [
    ...applied.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)),
    ...all.filter((dated) => !place.has(dated)).toSorted(inOrder),
  ];
};

const explainedChanges = (ground: Ground, court: Court): readonly ExplainedChange[] => {
  const all = known(ground);
  const concerned = new Set(
    concerning(
      all.map(({ change }) => change),
      ground.termId,
      ground.sheet.table.edges,
    ),
  );
  const turn = inTurn(
    all.filter(({ change }) => concerned.has(change)),
    ground,
  );
  return turn.map((dated) => explainedChange(dated, court));
};

/** Why the term stands as it does, from the workings of an answer that says something. */
const explained = (state: AgreementState, ground: Ground): Explanation => {
  const { termId, scene, sheet } = ground;
  const term = state.terms.find((one) => one.termId === termId);
  const ended = state.ended.find((one) => one.termId === termId);
  const outcome = outcomeOf(term, ground);
  const inView = new Map(scene.view.map((dated) => [dated.change, dated]));
  const court: Court = { ground, record: recordAt(ground), outcome, inView };
  return {
    termId,
    ...(term && { term }),
    ...(ended && { ended }),
    reasons: [outcome.reason, ...besides(term, state, ground)],
    changes: explainedChanges(ground, court),
    claims: state.claims.filter(({ about }) => about.includes(termId)),
    lineage: sheet.table.edges.filter(({ from, to }) => from === termId || to === termId),
    possibly: state.possibly.filter(({ terms }) => terms.includes(termId)),
    findings: state.findings.filter(({ terms }) => terms.includes(termId)),
    later: learnedLater(ground),
  };
};

const unexplained = (termId: TermId, reason: Reason, later: readonly Reason[]): Explanation => ({
  termId,
  reasons: [reason],
  changes: [],
  claims: [],
  lineage: [],
  possibly: [],
  findings: [],
  later,
});

/** Every term that some record names, whatever became of it. */
export const termsNamed = (history: History): ReadonlySet<TermId> => {
  const { knowledge } = history.scene({ effectiveOn: '1970-01-01' as Coordinates['effectiveOn'] });
  const changes = [...knowledge.changes, ...knowledge.retracted];
  const said = knowledge.claims.flatMap((claim) =>
    claim.type === 'ClaimReported' ? (claim.data.about ?? []) : [],
  );
  return new Set([...changes.flatMap(termsOf), ...said]);
};

/**
 * Why a term stands as it does at a point: every change that concerns it with what became of it and by which rule
 * of the model, read off the workings of the fold itself. Terms that are not in force, or never were, are explained
 * too.
 */
export const explainAt = (history: History, termId: TermId, at: Coordinates): Explanation => {
  const state = stateAt(history, at);
  const ground = groundOf(history, termId, at);
  const nothing = emptiness(state);
  return nothing === undefined
    ? explained(state, ground)
    : unexplained(termId, nothing, learnedLater(ground));
};
