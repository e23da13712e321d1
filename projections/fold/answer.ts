import { type DayNumber, parseDay } from '#events/days.ts';
import { type AgreementId, GRADES, strength, type TermId } from '#events/values.ts';
import type { Assumptions, Coordinates } from '../coordinates.ts';
import type { AgreementState, CoverageState, Possibility, TermState, Value } from '../state.ts';
import { affirmedOn, consentsOn, partiesOn, rightsOn } from './around.ts';
import { canonicalDay } from './boundaries.ts';
import { claimState, claimsOn } from './claims.ts';
import type { Dated } from './dates.ts';
import { endedOn } from './ended.ts';
import { findingsOn } from './findings.ts';
import { type Covering, overlaysOn, switchesOff } from './overlays.ts';
import { pendingChange, pendingOn, shownDay } from './pending.ts';
import { possiblyOn } from './possibly.ts';
import { inReadingOrder } from './reading-order.ts';
import type { Scene, Sheet } from './scene.ts';
import { sheetOn } from './sheet.ts';
import type { Content, Live as LiveTerm } from './terms.ts';
import { type Whole, wholeOn } from './whole.ts';
import { workingsOn } from './workings.ts';

const NOTHING = {
  parties: [],
  terms: [],
  ended: [],
  lineage: [],
  consents: [],
  rights: [],
  scheduled: [],
  prospective: [],
  lapsed: [],
  claims: [],
  possibly: [],
  findings: [],
  revised: [],
} as const;

const weakest = (causes: readonly Dated[]) =>
  causes
    .map(({ change }) => change.grade)
    .reduce((a, b) => (strength(b) < strength(a) ? b : a), GRADES[0]);

/** What a term says, for the answer. */
export const valueIn = ({ after: _, facts, ...texts }: Content): Value => {
  const names = Object.keys(facts).toSorted();
  return { ...texts, facts: Object.fromEntries(names.map((name) => [name, facts[name]])) } as Value;
};

type Around = {
  readonly coverings: readonly Covering[];
  readonly affirmed: ReturnType<typeof affirmedOn>;
  readonly doubtful: ReadonlySet<TermId>;
};

const termState = (live: LiveTerm, { coverings, affirmed, doubtful }: Around): TermState => {
  const overlays = coverings
    .filter(({ terms }) => terms.has(live.termId))
    .map(({ state }) => state);
  const inForceSince = shownDay(live.since.from);
  const lastAffirmed = affirmed(live.termId);
  return {
    termId: live.termId,
    value: valueIn(live.content),
    standing: 'IN_FORCE',
    ...(inForceSince && { inForceSince }),
    causedBy: live.causes.map(({ change }) => change.changeId),
    evidence: weakest(live.causes),
    applies: !overlays.some(switchesOff),
    overlays,
    ...(lastAffirmed && { lastAffirmed }),
    certain: !doubtful.has(live.termId),
  };
};

const coverageOn = (scene: Scene, day: DayNumber): CoverageState | undefined => {
  const { coverage } = scene.knowledge;
  if (coverage === undefined) return undefined;
  const gap = coverage.gaps?.find(
    ({ from, until }) => parseDay(from) <= day && day < parseDay(until),
  );
  return {
    from: coverage.from,
    observedThrough: coverage.observedThrough,
    stale: day > parseDay(coverage.observedThrough),
    ...(gap && { gap }),
  };
};

const someInForce = (scene: Scene, sheet: Sheet): boolean => {
  const whole = wholeOn(scene, sheet);
  return [...sheet.table.live.keys()].some((termId) => whole.ending(termId) === undefined);
};

/** A term was in force on the day or before it, from what is known now. */
const everInForce = (scene: Scene, sheet: Sheet): boolean => {
  if (someInForce(scene, sheet)) return true;
  const [first = sheet.day] = scene.limits;
  return [first - 1, ...scene.limits].some(
    (day) => day < sheet.day && someInForce(scene, sheetOn(scene, day)),
  );
};

/** Model §6.12, *Agreement*. */
const standingOn = (scene: Scene, sheet: Sheet, whole: Whole): AgreementState['standing'] => {
  if (whole.standing !== undefined) return whole.standing;
  if (everInForce(scene, sheet)) return 'IN_FORCE';
  const { scheduled, prospective } = pendingOn(scene, sheet.day);
  if (scheduled.some(({ change }) => change.brings.length > 0)) return 'SCHEDULED';
  return prospective.some(({ change }) => change.brings.length > 0) ? 'PROSPECTIVE' : undefined;
};

const doubtfulTerms = (possibly: readonly Possibility[], findings: AgreementState['findings']) =>
  new Set([
    ...possibly.flatMap(({ terms }) => terms),
    ...findings.flatMap(({ code, terms }) => (code === 'UNCERTAIN_ORDER' ? terms : [])),
  ]);

const answer = (scene: Scene, sheet: Sheet, head: Head): AgreementState => {
  const whole = wholeOn(scene, sheet);
  const standing = standingOn(scene, sheet, whole);
  const coverings = overlaysOn(sheet);
  const findings = findingsOn(scene, sheet, coverings);
  const possibly = possiblyOn(scene, sheet, whole);
  const pending = pendingOn(scene, sheet.day);
  const around = {
    coverings,
    affirmed: affirmedOn(sheet),
    doubtful: doubtfulTerms(possibly, findings),
  };
  const live = inReadingOrder(sheet.table)
    .filter((termId) => whole.ending(termId) === undefined)
    .flatMap((termId) => sheet.table.live.get(termId) ?? []);
  const listed = (
    name: 'scheduled' | 'prospective' | 'lapsed',
    standing: 'SCHEDULED' | 'PROSPECTIVE' | 'LAPSED',
  ) => pending[name].map((dated) => pendingChange(dated, standing, sheet.day));
  return {
    ...head,
    title: whole.title,
    ...(whole.description !== undefined && { description: whole.description }),
    ...(standing && { standing }),
    ...(whole.endsOn !== undefined && { endsOn: whole.endsOn }),
    parties: partiesOn(scene, sheet),
    terms: live.map((term) => termState(term, around)),
    ended: endedOn(sheet, whole),
    lineage: sheet.table.edges,
    consents: whole.standing === undefined ? consentsOn(sheet) : [],
    rights: whole.standing === undefined ? rightsOn(sheet) : [],
    scheduled: listed('scheduled', 'SCHEDULED'),
    prospective: listed('prospective', 'PROSPECTIVE'),
    lapsed: listed('lapsed', 'LAPSED'),
    claims: claimsOn(scene.knowledge, sheet.day).map(claimState),
    possibly,
    findings,
    revised: scene.knowledge.revised,
  };
};

type Head = {
  readonly agreementId: AgreementId;
  readonly title: string;
  readonly timeZone: string;
  readonly coverage?: CoverageState;
};

const workOut = (scene: Scene, day: DayNumber, { agreementId, assume }: Asked): AgreementState => {
  const { agreement, zone } = scene.knowledge;
  const coverage = coverageOn(scene, day);
  const head: Head = {
    agreementId,
    title: agreement?.title ?? '',
    timeZone: zone,
    ...(coverage && { coverage }),
  };
  if (agreement === undefined) return { ...head, empty: 'NOT_RECORDED', ...NOTHING };
  if (coverage !== undefined && day < parseDay(coverage.from)) {
    return { ...head, empty: 'BEFORE_COVERAGE', ...NOTHING };
  }
  const workings = workingsOn(scene, day, assume);
  return answer(workings.scene, workings.sheet, head);
};

type Asked = { readonly agreementId: AgreementId; readonly assume?: Assumptions };

/**
 * Model §6.11: the answer for a scene on the day of the coordinates. Every day of a stretch has the same one, so
 * it is worked out for the first.
 */
export const answerOn = (
  scene: Scene,
  at: Coordinates,
  agreementId: AgreementId,
): AgreementState => {
  const { assume, effectiveOn } = at;
  const day = parseDay(effectiveOn);
  if (assume !== undefined) return workOut(scene, day, { agreementId, assume });
  const first = canonicalDay(scene.limits, day);
  return scene.answers.get(first, () => workOut(scene, first, { agreementId }));
};
