import { anyDate, anyMoment, type Dice, given, gridDay } from './random-dates.ts';

/** What the history holds so far, for the next move to refer to. */
export type Known = {
  readonly changes: readonly {
    readonly changeId: string;
    readonly type: string;
    readonly terms: readonly string[];
  }[];
  readonly terms: readonly string[];
};

const TERMS = ['t1', 't2', 't3', 't4'];
const PARTIES = ['p1', 'p2', 'p3'];
const CONDITIONS = ['k1', 'k2'];

const facts = (dice: Dice) => ({
  [dice.rarely(3) ? 'cap' : 'price']: { percent: String(dice.roll(4)) },
});

const term = (dice: Dice, termId: string) =>
  given({
    termId,
    kind: 'K',
    heading: dice.rarely(3) ? `Heading ${dice.roll(3)}` : undefined,
    prose: dice.rarely(3) ? `Prose ${dice.roll(3)}` : undefined,
    facts: facts(dice),
    after: dice.rarely(5) ? dice.pick(TERMS) : undefined,
  });

const values = (dice: Dice) => {
  if (dice.rarely(4)) return { heading: dice.rarely(3) ? null : `Heading ${dice.roll(3)}` };
  if (dice.rarely(5)) return { facts: { price: null } };
  return { facts: facts(dice), ...(dice.rarely(6) && { prose: `Prose ${dice.roll(3)}` }) };
};

const conditional = (dice: Dice) =>
  given({
    onConditions: dice.some(CONDITIONS).map((conditionId) => ({ conditionId })),
    notBefore: dice.rarely(3) ? anyDate(dice) : undefined,
    longStop: dice.rarely(3) ? anyDate(dice) : undefined,
  });

/** Dates, proof and displacement of a change. */
export const head = (dice: Dice, known: Known) =>
  given({
    effectiveFrom: dice.rarely(9) ? conditional(dice) : dice.rarely(3) ? undefined : anyDate(dice),
    effectiveUntil: dice.rarely(5) ? anyDate(dice) : undefined,
    executedAt: dice.rarely(4) ? anyDate(dice) : undefined,
    announcedAt: dice.rarely(6) ? anyMoment(dice) : undefined,
    evidence: dice.rarely(5) ? 'NAMED_SOURCE' : undefined,
    displaces: dice.rarely(8)
      ? dice.some(known.changes).map(({ changeId }) => changeId)
      : undefined,
  });

type Body = {
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly terms: readonly string[];
};
type Maker = (dice: Dice, known: Known) => Body | undefined;

const target = (dice: Dice, known: Known) => dice.pick(known.changes);
const someTerms = (dice: Dice, known: Known) => dice.some(known.terms);

const restated: Maker = (dice, known) => {
  const listed = dice.some(TERMS);
  const mapping = known.terms
    .filter(() => !dice.rarely(3))
    .map((from) => ({ from, to: dice.rarely(3) ? null : (dice.pick(listed) ?? null) }));
  const terms = listed.map((termId) => term(dice, termId));
  return {
    type: 'AgreementRestated',
    data: given({ terms, mapping, revives: dice.rarely(3) ? true : undefined }),
    terms: listed,
  };
};

const replaced: Maker = (dice, known) => {
  const from = someTerms(dice, known);
  const to = dice.some(TERMS.filter((termId) => !from.includes(termId)));
  if (from.length === 0 || to.length === 0) return undefined;
  const revives = dice.rarely(3) ? true : undefined;
  return {
    type: 'TermsReplaced',
    data: given({ from, to: to.map((termId) => term(dice, termId)), revives }),
    terms: to,
  };
};

const onTerm =
  (type: string, more: (dice: Dice, known: Known) => Record<string, unknown>): Maker =>
  (dice, known) => {
    const termId = dice.pick(known.terms);
    return termId === undefined
      ? undefined
      : { type, data: { termId, ...more(dice, known) }, terms: [] };
  };

const rectified = (dice: Dice, known: Known) => ({
  values: values(dice),
  ...given({ target: dice.rarely(2) ? target(dice, known)?.changeId : undefined }),
});

const voided: Maker = (dice, known) => {
  const changeId = target(dice, known)?.changeId;
  return changeId === undefined
    ? undefined
    : { type: 'ChangeVoided', data: { target: changeId, abInitio: dice.rarely(2) }, terms: [] };
};

const plain =
  (type: string, data: (dice: Dice, known: Known) => Record<string, unknown>): Maker =>
  (dice, known) => ({ type, data: data(dice, known), terms: [] });

const overlay: Maker = (dice, known) => {
  const terms = someTerms(dice, known);
  if (terms.length === 0) return undefined;
  const kind = dice.pick(['WAIVER', 'SUSPENSION', 'FORBEARANCE', 'SIDE_LETTER']);
  const between = dice.rarely(4) ? ['p1', 'p2'] : undefined;
  return {
    type: 'OverlayApplied',
    data: given({ overlayId: `o${dice.roll(3)}`, kind, terms, between }),
    terms: [],
  };
};

const party = (dice: Dice) => dice.pick(PARTIES) ?? 'p1';

/** The kinds of change, the frequent ones more than once. */
const MAKERS: readonly Maker[] = [
  ...Array.from(
    { length: 5 },
    (): Maker => (dice) => {
      const termId = dice.pick(TERMS) ?? 't1';
      return { type: 'TermAdded', data: term(dice, termId), terms: [termId] };
    },
  ),
  ...Array.from({ length: 7 }, () =>
    onTerm('TermAmended', (dice) =>
      given({ values: values(dice), expects: dice.rarely(4) ? values(dice) : undefined }),
    ),
  ),
  replaced,
  replaced,
  replaced,
  restated,
  onTerm('TermRemoved', () => ({})),
  onTerm('TermRemoved', () => ({})),
  onTerm('TermRectified', rectified),
  onTerm('TermRectified', rectified),
  voided,
  voided,
  overlay,
  overlay,
  plain('OverlayLifted', (dice) => ({ overlayId: `o${dice.roll(3)}` })),
  plain('AgreementAmended', (dice) =>
    dice.rarely(2)
      ? { title: `Title ${dice.roll(3)}` }
      : { endsOn: dice.rarely(4) ? null : anyDate(dice), survives: dice.some(TERMS) },
  ),
  plain('AgreementTerminated', (dice) => ({ survives: dice.rarely(2) ? dice.some(TERMS) : [] })),
  plain('AgreementReinstated', (dice) => ({ relatesBack: dice.rarely(2) })),
  plain('ConsentGranted', (dice) => ({
    consentId: `c${dice.roll(2)}`,
    by: party(dice),
    to: [party(dice)],
    subject: 'Use',
  })),
  plain('ConsentRevoked', (dice) => ({ consentId: `c${dice.roll(2)}` })),
  onTerm('RightResolved', () => ({ outcome: 'EXERCISED' })),
  plain('TermsAffirmed', (dice, known) =>
    given({ terms: dice.rarely(2) ? someTerms(dice, known) : undefined }),
  ),
  plain('PartyJoined', (dice) => ({ partyId: party(dice), name: `Name ${dice.roll(3)}` })),
  plain('PartyLeft', (dice) => ({ partyId: party(dice) })),
  plain('PartySucceeded', (dice) => ({
    partyId: party(dice),
    by: { partyId: `p${2 + dice.roll(4)}`, name: 'Successor' },
    kind: dice.pick(['RENAMED', 'MERGED', 'ASSIGNED', 'NOVATED']),
  })),
];

const ENDS = ['TermRemoved', 'TermsReplaced'];

const exactHead = (dice: Dice) =>
  given({
    effectiveFrom: gridDay(dice),
    effectiveUntil: dice.rarely(6) ? gridDay(dice) : undefined,
    executedAt: dice.rarely(3) ? gridDay(dice) : undefined,
    announcedAt: dice.rarely(4) ? anyMoment(dice) : undefined,
    evidence: dice.rarely(4) ? dice.pick(['INFERRED', 'DOCUMENT_TEXT']) : undefined,
  });

/** A new term as long as there are some, else facts of one that is there, from an exact day on. */
export const stillChange = (dice: Dice, known: Known): Body => {
  const termId = dice.pick(known.terms);
  const next = TERMS.find((id) => !known.terms.includes(id));
  if (termId === undefined || (next !== undefined && dice.rarely(4))) {
    const dates = { effectiveFrom: '2025-01-01', executedAt: '2024-12-01' };
    const added = next ?? 't1';
    return { type: 'TermAdded', data: { ...term(dice, added), ...dates }, terms: [added] };
  }
  const data = { termId, values: { facts: facts(dice) }, ...exactHead(dice) };
  return { type: 'TermAmended', data, terms: [] };
};

/** An end of a term from an exact day on, or the voiding of one. */
const calmEnd = (dice: Dice, known: Known): Body | undefined => {
  const ends = known.changes.filter(({ type }) => ENDS.includes(type));
  const end = dice.pick(ends);
  if (end !== undefined && dice.rarely(3)) {
    const data = { target: end.changeId, abInitio: dice.rarely(3), effectiveFrom: gridDay(dice) };
    return { type: 'ChangeVoided', data, terms: [] };
  }
  const termId = dice.pick(known.terms);
  if (termId === undefined) return undefined;
  const next = TERMS.find((id) => !known.terms.includes(id));
  if (next === undefined || dice.rarely(2)) {
    return { type: 'TermRemoved', data: { termId, ...exactHead(dice) }, terms: [] };
  }
  const revives = dice.rarely(2) ? true : undefined;
  const effectiveUntil = dice.rarely(3) ? gridDay(dice) : undefined;
  const effectiveFrom = gridDay(dice);
  const replaced = { from: [termId], to: [term(dice, next)], revives };
  const data = given({ ...replaced, effectiveFrom, effectiveUntil });
  return { type: 'TermsReplaced', data, terms: [next] };
};

/** The same, but now and then with other days, values or expectations. */
export const calmChange = (dice: Dice, known: Known): Body => {
  const end = dice.rarely(5) ? calmEnd(dice, known) : undefined;
  if (end !== undefined) return end;
  const made = stillChange(dice, known);
  if (made.type === 'TermAdded') {
    const from = dice.rarely(4) ? { effectiveFrom: gridDay(dice) } : {};
    return { ...made, data: { ...made.data, ...from } };
  }
  const other = given({
    values: dice.rarely(5) ? values(dice) : undefined,
    expects: dice.rarely(9) ? values(dice) : undefined,
    effectiveFrom: dice.rarely(20) ? anyDate(dice) : undefined,
  });
  return { ...made, data: { ...made.data, ...other } };
};

/** One random change without its ids, or nothing where it would refer to what is not there. */
export const randomChange = (dice: Dice, known: Known): Body | undefined => {
  const made = MAKERS[dice.roll(MAKERS.length)]?.(dice, known);
  return made && { ...made, data: { ...made.data, ...head(dice, known) } };
};

export const randomResolution = (dice: Dice, conditionId: string) => ({
  conditionId,
  outcome: dice.pick(['SATISFIED', 'SATISFIED', 'WAIVED', 'FAILED']),
  ...given({
    effectiveFrom: anyDate(dice),
    executedAt: dice.rarely(4) ? anyDate(dice) : undefined,
  }),
});
