import type { Answer } from '#app/app.ts';
import type { AgreementState, ClaimState, PendingChange, TermState } from '#projections/state.ts';
import { basisText } from '#render/basis-text.ts';
import { type Causes, causesIn, causeText } from '#render/cause-text.ts';
import { coverageText } from '#render/coverage-text.ts';
import { factText } from '#render/fact-text.ts';
import { columns, indented, wrapped } from '#render/layout.ts';
import type { Screen } from './io.ts';

const title = (screen: Screen, text: string): void => {
  screen.line();
  screen.line(screen.paint('bold', text));
};

/** The lines that say at which point an answer was computed. */
export const showBasis = (screen: Screen, { basis }: Pick<Answer, 'basis'>): void => {
  screen.line(screen.paint('dim', basisText(basis)));
};

const termMarks = ({ applies, certain, overlays }: TermState): string =>
  [
    ...(applies ? [] : ['does not apply']),
    ...(certain ? [] : ['uncertain']),
    ...overlays.map(({ kind, between }) =>
      between === undefined ? kind : `${kind} between ${between.join(', ')}`,
    ),
  ].join(', ');

const showTerm = (screen: Screen, term: TermState, causes: Causes): void => {
  const { value, termId, inForceSince, evidence } = term;
  const marks = termMarks(term);
  const since = inForceSince === undefined ? 'since an unknown day' : `since ${inForceSince}`;
  const about = `${value.kind}  ${since}  ${evidence}`;
  screen.line();
  screen.line(
    `  ${screen.paint('cyan', termId)}  ${screen.paint('dim', about)}${marks === '' ? '' : `  ${screen.paint('yellow', marks)}`}`,
  );
  const heading = [value.number, value.heading].filter((part) => part !== undefined).join(' ');
  if (heading !== '') screen.line(`    ${screen.paint('bold', heading)}`);
  const text = value.prose === undefined ? [] : wrapped(value.prose.trim(), screen.width - 4);
  for (const line of indented(text, 4)) screen.line(line);
  const facts = Object.entries(value.facts).map(([name, fact]) => [name, factText(fact)]);
  for (const line of indented(columns(facts), 6)) screen.line(line);
  for (const cause of causesIn(causes, term.causedBy)) {
    screen.line(screen.paint('dim', `    by ${causeText(cause)}`));
  }
};

const showList = <T>(
  screen: Screen,
  heading: string,
  things: readonly T[],
  rowOf: (thing: T) => readonly string[],
): void => {
  if (things.length === 0) return;
  title(screen, heading);
  for (const line of indented(columns(things.map(rowOf)), 2)) screen.line(line);
};

const dayRange = (earliest: string | undefined, latest: string | undefined): string => {
  if (earliest !== undefined && earliest === latest) return earliest;
  return `${earliest ?? '…'} to ${latest ?? '…'}`;
};

const pendingRow = ({ changeId, standing, conditions, earliest, latest }: PendingChange) => [
  standing,
  conditions.length > 0 ? `waits for ${conditions.join(', ')}` : dayRange(earliest, latest),
  changeId,
];

const claimRow = (claim: ClaimState): readonly string[] => {
  const lead = claim.leadTimeDays === undefined ? '' : `after ${claim.leadTimeDays} days`;
  const outcome = claim.open ? 'open' : [claim.outcome, claim.resolvedOn, lead].join(' ').trim();
  return [claim.claimId, claim.stage, claim.reportedAt, claim.by, outcome];
};

/** Claims as a table. */
export const showClaims = (screen: Screen, claims: readonly ClaimState[]): void => {
  for (const line of columns(claims.map(claimRow))) screen.line(line);
};

const showRest = (screen: Screen, state: AgreementState): void => {
  showList(screen, 'Consents', state.consents, ({ consentId, by, to, subject }) => [
    consentId,
    `${by} to ${to.join(', ')}`,
    subject,
  ]);
  showList(screen, 'Rights resolved', state.rights, ({ termId, outcome, on, subject }) => [
    termId,
    outcome,
    on ?? 'on an unknown day',
    subject ?? '',
  ]);
  const pending = [...state.scheduled, ...state.prospective, ...state.lapsed];
  showList(screen, 'Not in force', pending, pendingRow);
  showList(screen, 'Ended', state.ended, ({ termId, standing, successors, causedBy }) => [
    termId,
    standing,
    successors.length > 0 ? `now ${successors.join(', ')}` : (causedBy ?? 'the agreement’s end'),
  ]);
  showList(screen, 'Claims', state.claims, claimRow);
  showList(screen, 'Possibly', state.possibly, ({ what, change, terms }) => [
    what,
    terms.join(', '),
    change ?? 'the agreement’s end',
  ]);
};

/** An agreement on one day: its terms with their causes, and everything that stands beside them. */
export const showState = (screen: Screen, answer: Answer, causes: Causes): void => {
  const { state } = answer;
  screen.line(`${screen.paint('bold', state.title)}  ${screen.paint('cyan', state.agreementId)}`);
  showBasis(screen, answer);
  const coverage = coverageText(state);
  if (coverage !== undefined) screen.line(screen.paint('yellow', coverage));
  const until = state.endsOn === undefined ? '' : `, ends on ${state.endsOn}`;
  if (state.empty === undefined) screen.line(`${state.standing ?? 'Nothing agreed yet'}${until}`);
  const names = state.parties.map(({ name, role }) =>
    role === undefined ? name : `${name} (${role})`,
  );
  if (names.length > 0) screen.line(names.join(' · '));
  if (state.terms.length > 0) title(screen, `Terms in force: ${state.terms.length}`);
  for (const term of state.terms) showTerm(screen, term, causes);
  showRest(screen, state);
  for (const { code, message } of state.findings) {
    screen.line();
    screen.line(`${screen.paint(['yellow', 'bold'], code)}  ${message}`);
  }
};
