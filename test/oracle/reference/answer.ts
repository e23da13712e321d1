import { FIRST_DAY } from '#events/days.ts';
import type { DataOf } from '#events/event.ts';
import { type Grade, strength, type TermId } from '#events/values.ts';
import type { AgreementState, Possibility, TermState } from '#projections/state.ts';
import { dayText } from './bounds.ts';
import { brings, type Dated } from './change.ts';
import type { Claims } from './claims.ts';
import { fieldFindings, orderFindings, overlayFindings, settled } from './findings.ts';
import type { Known } from './known.ts';
import { candidatesOf, type Scene, stepsOn, tableOf } from './order.ts';
import { type Cover, coversOf, suspends } from './overlays.ts';
import { consentsOf, partiesOf, rightsOf } from './parties.ts';
import { pendingChange, pendingOn, possiblyOn, within } from './pending.ts';
import { readingOrder } from './reading-order.ts';
import { retractedFindings, startFindings } from './start-findings.ts';
import type { Row, Step } from './table.ts';
import { agreementFields, type Whole, wholeOn } from './whole.ts';

export type Question = {
  readonly known: Known;
  readonly scene: Scene;
  readonly day: number;
  readonly mode: 'REPORT' | 'EARLIEST' | 'LATEST';
  readonly agreement: DataOf<'AgreementRecorded'>;
  readonly claims: Claims;
};

type Answer = Omit<AgreementState, 'agreementId' | 'timeZone' | 'coverage' | 'empty'>;

const weakest = (grades: readonly Grade[]): Grade =>
  grades.toSorted((a, b) => strength(a) - strength(b))[0] ?? 'INFERRED';

const affirmedOn = (termId: TermId, candidates: readonly Dated[]) => {
  const last = candidates.findLast(({ body: { type, data } }) => {
    if (type !== 'TermsAffirmed') return false;
    return data.terms === undefined || data.terms.includes(termId);
  });
  return last && dayText(last.day);
};

const termState = (
  { termId, value, bringer, causes }: Row,
  candidates: readonly Dated[],
  covers: readonly Cover[],
  uncertain: ReadonlySet<TermId>,
): TermState => {
  const overlays = covers.filter(({ terms }) => terms.has(termId)).map(({ state }) => state);
  const inForceSince = dayText(bringer.day);
  const lastAffirmed = affirmedOn(termId, candidates);
  return {
    termId,
    value,
    standing: 'IN_FORCE',
    ...(inForceSince && { inForceSince }),
    causedBy: causes.map(({ id }) => id),
    evidence: weakest(causes.map(({ grade }) => grade)),
    applies: !overlays.some(suspends),
    overlays,
    ...(lastAffirmed && { lastAffirmed }),
    certain: !uncertain.has(termId),
  };
};

/** IN_FORCE from the first day on which a term is. */
const everInForce = ({ scene, mode }: Question, day: number): boolean => {
  const days = new Set(
    scene.active.flatMap((c) => [c.day, c.endDay]).filter((one) => one <= day && one > FIRST_DAY),
  );
  const before = Math.min(day, ...days) - 1;
  return [before, ...days, day].some((one) => {
    const steps = stepsOn(scene, one);
    const fields = agreementFields(steps);
    return wholeOn(tableOf(steps), candidatesOf(steps), fields, one, scene, mode).rows.length > 0;
  });
};

const standingOf = (question: Question, whole: Whole): AgreementState['standing'] => {
  const { scene, day } = question;
  if (whole.standing !== undefined) return whole.standing;
  if (everInForce(question, day)) return 'IN_FORCE';
  const some = (standing: 'SCHEDULED' | 'PROSPECTIVE') =>
    pendingOn(scene, day, standing).some(({ body }) => brings(body).length > 0);
  if (some('SCHEDULED')) return 'SCHEDULED';
  return some('PROSPECTIVE') ? 'PROSPECTIVE' : undefined;
};

const possibilities = ({ scene, day }: Question, { end }: Whole): Possibility[] => {
  const expires: Possibility[] =
    end !== undefined && within(end.date, day)
      ? [{ change: end.by.id, what: 'EXPIRED', terms: end.terms }]
      : [];
  return [...possiblyOn(scene, day), ...expires];
};

const findingsOf = (question: Question, steps: readonly Step[], covers: readonly Cover[]) => {
  const { scene, known } = question;
  const candidates = candidatesOf(steps);
  return settled(
    [
      ...fieldFindings(steps, tableOf(steps)),
      ...overlayFindings(covers),
      ...orderFindings(known),
      ...startFindings(candidates, (day) => stepsOn(scene, day)),
      ...retractedFindings(candidates, known),
    ],
    scene.resolutions,
  );
};

const around = (question: Question, candidates: readonly Dated[], isOver: boolean) => {
  const { scene, day, agreement, claims, known } = question;
  const pending = (standing: 'SCHEDULED' | 'PROSPECTIVE' | 'LAPSED') =>
    pendingOn(scene, day, standing).map((change) => pendingChange(change, day, standing));
  return {
    parties: partiesOf(agreement.parties, candidates),
    consents: isOver ? [] : consentsOf(candidates),
    rights: isOver ? [] : rightsOf(candidates),
    scheduled: pending('SCHEDULED'),
    prospective: pending('PROSPECTIVE'),
    lapsed: pending('LAPSED'),
    claims: claims.states(),
    revised: known.revised,
  };
};

/** All that an answer says beside the agreement's own head (§6.11). */
export const answer = (question: Question): Answer => {
  const { scene, day, mode, agreement } = question;
  const steps = stepsOn(scene, day);
  const table = tableOf(steps);
  const candidates = candidatesOf(steps);
  const fields = agreementFields(steps);
  const whole = wholeOn(table, candidates, fields, day, scene, mode);
  const covers = coversOf(candidates, table.lineage);
  const possibly = possibilities(question, whole);
  const findings = findingsOf(question, steps, covers);
  const unclear = findings.filter(({ code }) => code === 'UNCERTAIN_ORDER');
  const uncertain = new Set([...possibly, ...unclear].flatMap(({ terms }) => terms));
  const standing = standingOf(question, whole);
  const rows = readingOrder(whole.rows, table.every);
  return {
    title: fields.title ?? agreement.title,
    ...(fields.description !== undefined && { description: fields.description }),
    ...(standing && { standing }),
    ...(fields.endsOn !== undefined && { endsOn: fields.endsOn }),
    ...around(question, candidates, whole.standing !== undefined),
    terms: rows.map((row) => termState(row, candidates, covers, uncertain)),
    ended: whole.ended,
    lineage: table.lineage,
    possibly,
    findings,
  };
};
