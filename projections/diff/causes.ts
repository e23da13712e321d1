import type { ChangeId } from '#events/values.ts';
import type { AgreementState, Revision } from '../state.ts';

type Ids = ReadonlySet<ChangeId>;

/** What the two states say of the changes behind a difference. */
export type Causes = {
  /** What both records know of, and one says differently: corrected or retracted in between. */
  readonly revised: (changeId: ChangeId) => readonly Revision[];
  /** True for a change that is still to come in one of the states. */
  readonly pending: Ids;
};

const marks = (state: AgreementState): ReadonlyMap<ChangeId, readonly Revision[]> =>
  Map.groupBy(state.revised, ({ changeId }) => changeId);

const pendingIn = (state: AgreementState) => [
  ...state.scheduled,
  ...state.prospective,
  ...state.lapsed,
];

/** Every change that a state names anywhere: that its record knows of, for all we can see. */
const named = (state: AgreementState): Ids =>
  new Set([
    ...state.terms.flatMap(({ causedBy, overlays }) => [
      ...causedBy,
      ...overlays.map(({ changeId }) => changeId),
    ]),
    ...state.ended.flatMap(({ causedBy }) => causedBy ?? []),
    ...[...state.lineage, ...pendingIn(state), ...state.revised].map(({ changeId }) => changeId),
    ...[...state.consents, ...state.rights].map(({ changeId }) => changeId),
    ...state.possibly.map(({ change }) => change),
    ...state.findings.flatMap(({ changes }) => changes),
  ]);

const saying = (revisions: readonly Revision[] = []): string =>
  revisions
    .map(({ how, by }) => `${how} ${by}`)
    .toSorted()
    .join();

/** The changes that the two records say differently; none where one of the states could not be answered. */
const revisedBetween = (
  from: AgreementState,
  to: AgreementState,
): ReadonlyMap<ChangeId, readonly Revision[]> => {
  if (from.empty !== undefined || to.empty !== undefined) return new Map();
  const [before, after] = [marks(from), marks(to)];
  const differing = [...new Set([...before.keys(), ...after.keys()])].filter(
    (id) => saying(before.get(id)) !== saying(after.get(id)),
  );
  if (differing.length === 0) return new Map();
  const [inFrom, inTo] = [named(from), named(to)];
  return new Map(
    differing
      .filter((id) => inFrom.has(id) && inTo.has(id))
      .map((id) => [id, after.get(id) ?? before.get(id) ?? []]),
  );
};

export const causesOf = (from: AgreementState, to: AgreementState): Causes => {
  const revised = revisedBetween(from, to);
  return {
    revised: (changeId) => revised.get(changeId) ?? [],
    pending: new Set(
      [from, to].flatMap((state) =>
        [...state.scheduled, ...state.prospective].map(({ changeId }) => changeId),
      ),
    ),
  };
};

/** The changes behind one difference. */
export type Attribution = {
  readonly causedBy: readonly ChangeId[];
  readonly corrected: boolean;
  readonly revisions: readonly Revision[];
};

const attributed = (causes: Causes, causedBy: readonly ChangeId[], corrected: boolean) => ({
  causedBy: [...new Set(causedBy)],
  corrected,
  revisions: [...new Set(causedBy)].flatMap(causes.revised),
});

/** A difference that certain changes alone decide: CORRECTED when the records disagree about one of them. */
export const decidedBy = (causes: Causes, deciding: readonly ChangeId[]): Attribution =>
  attributed(
    causes,
    deciding,
    deciding.some((id) => causes.revised(id).length > 0),
  );

/**
 * A difference between two values that each came about through a chain of changes. It is CORRECTED when
 * the two records disagree about a change of either chain, and that explains it: nothing else came or went;
 * or else what came or went was not just waiting for its day, and lay above or beneath a change that the correction
 * or retraction put in or took out.
 */
export const betweenChains = (
  causes: Causes,
  from: readonly ChangeId[],
  to: readonly ChangeId[],
): Attribution => {
  const [before, after] = [new Set(from), new Set(to)];
  const isRevised = (id: ChangeId) => causes.revised(id).length > 0;
  const revised = [...before.union(after)].filter(isRevised);
  const came = to.filter((id) => !before.has(id));
  const went = from.filter((id) => !after.has(id));
  const others = [...came, ...went].filter((id) => !isRevised(id));
  const swapped = revised.some((id) => before.has(id) !== after.has(id));
  const explained =
    others.length === 0 || (swapped && !others.some((id) => causes.pending.has(id)));
  const made = came.length > 0 ? came : went;
  return attributed(causes, [...made, ...revised], revised.length > 0 && explained);
};
