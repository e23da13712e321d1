import type { ExplainAnswer } from '#app/app.ts';
import { isoInstant } from '#events/instants.ts';
import type { Source } from '#events/source.ts';
import type { Passage } from '#projections/blame.ts';
import type { ChangeView } from '#projections/change-view.ts';
import type {
  Correction,
  ExplainedChange,
  Explanation,
  Reason,
  Verdict,
} from '#projections/explain/explanation.ts';
import { RULES } from '#projections/explain/rules.ts';
import { sourceText } from '#render/cause-text.ts';
import { indented, wrapped } from '#render/layout.ts';
import type { Screen } from './io.ts';
import { showBasis } from './show-state.ts';

const VERDICT_TEXTS: { readonly [verdict in Verdict]: string } = {
  WON: 'counts',
  WON_IN_PART: 'counts in part',
  LOST: 'does not count',
  ON_TOP: 'lies on top',
  BESIDE: 'stands beside',
  LEFT_OUT: 'not applied',
};

const LOOKS: { readonly [verdict in Verdict]: 'green' | 'yellow' | 'red' } = {
  WON: 'green',
  WON_IN_PART: 'green',
  LOST: 'red',
  ON_TOP: 'yellow',
  BESIDE: 'yellow',
  LEFT_OUT: 'red',
};

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const paragraph = (screen: Screen, text: string, by: number): void => {
  for (const line of indented(wrapped(text, screen.width - by), by)) screen.line(line);
};

/** `It starts later: … — LATER_START: Of two changes the one that starts later prevails (model §6.5).` */
const showReason = (screen: Screen, { rule, text, fields }: Reason, by: number): void => {
  const { section, says } = RULES[rule];
  const about = fields.length === 0 ? '' : ` [${fields.join(', ')}]`;
  paragraph(screen, `${capital(text)}${about}`, by);
  for (const line of indented(
    wrapped(`${rule}: ${says} (§${section})`, screen.width - by - 2),
    by + 2,
  )) {
    screen.line(screen.paint('dim', line));
  }
};

const titled = (screen: Screen, text: string): void => {
  screen.line();
  screen.line(screen.paint('bold', text));
};

const startText = ({ effectiveFrom, effectiveUntil }: ChangeView): string => {
  const until = effectiveUntil === undefined ? '' : ` until ${effectiveUntil}`;
  if (effectiveFrom === undefined) return `from an unknown day${until}`;
  if (typeof effectiveFrom === 'string') return `from ${effectiveFrom}${until}`;
  const conditions = effectiveFrom.onConditions.map(({ conditionId }) => conditionId);
  return `on ${conditions.join(', ')}${until}`;
};

const datesText = (change: ChangeView): string => {
  const { instrument, executedAt, announcedAt, type, evidence } = change;
  const facts = [
    type,
    ...(instrument === undefined ? [] : [instrument.kind]),
    ...(executedAt === undefined ? [] : [`executed ${executedAt}`]),
    ...(announcedAt === undefined ? [] : [`announced ${announcedAt}`]),
    startText(change),
    `proof ${evidence}`,
  ];
  return facts.join(' · ');
};

const withAddress = (source: Source): string =>
  source.url === undefined ? sourceText(source) : `${sourceText(source)}, ${source.url}`;

const valueText = (value: unknown): string =>
  value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);

const showCorrection = (screen: Screen, correction: Correction): void => {
  const { of, reason, recordedAt, eventId, fields } = correction;
  const what = of === 'CHANGE' ? 'our record of it' : 'our record of its paper';
  const { section } = RULES.CORRECTED;
  paragraph(
    screen,
    `CORRECTED (§${section}): ${what} was corrected at ${isoInstant(recordedAt)} (event ${eventId}): ${reason}`,
    5,
  );
  for (const { name, before, now } of fields) {
    paragraph(screen, `${name}: ${valueText(before)} → ${valueText(now)}`, 7);
  }
};

const showChange = (screen: Screen, explained: ExplainedChange, place: string): void => {
  const { change, verdict, reasons, corrections } = explained;
  const title = change.instrument === undefined ? '' : `“${change.instrument.title}”  `;
  const word = screen.paint(LOOKS[verdict], VERDICT_TEXTS[verdict]);
  screen.line();
  screen.line(`${place.padStart(2)} ${title}${screen.paint('cyan', change.changeId)}  ${word}`);
  paragraph(screen, datesText(change), 3);
  for (const reason of reasons) showReason(screen, reason, 3);
  for (const correction of corrections) showCorrection(screen, correction);
  const sources = new Set(change.sources.map(withAddress));
  for (const source of sources) paragraph(screen, `source: ${source}`, 5);
};

const showChanges = (screen: Screen, { changes }: Explanation): void => {
  const applied = changes.filter(({ verdict }) => verdict !== 'LEFT_OUT');
  const others = changes.filter(({ verdict }) => verdict === 'LEFT_OUT');
  if (applied.length > 0) titled(screen, 'Applied, in this order');
  for (const [at, one] of applied.entries()) showChange(screen, one, `${at + 1}.`);
  if (others.length > 0) titled(screen, 'Not applied');
  for (const one of others) showChange(screen, one, '-');
};

const showPassages = (
  screen: Screen,
  passages: readonly Passage[],
  { changes }: Explanation,
): void => {
  if (passages.length === 0) return;
  titled(screen, 'Where the words come from');
  const titles = new Map(changes.map(({ change }) => [change.changeId, change.instrument?.title]));
  for (const { text, changeId } of passages) {
    const title = titles.get(changeId);
    screen.line(screen.paint('dim', `  ${title === undefined ? changeId : `“${title}”`}`));
    paragraph(screen, text.trim(), 4);
  }
};

const showBeside = (screen: Screen, explanation: Explanation): void => {
  const { claims, lineage, possibly, findings, later } = explanation;
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['Lineage', lineage.map(({ from, to, changeId }) => `${from} → ${to}, by ${changeId}`)],
    [
      'Claims about it, which alter nothing',
      claims.map(
        ({ claimId, by, reportedAt, open, outcome, resolvedOn }) =>
          `${claimId}: ${by}, ${reportedAt}, ${open ? 'open' : `${outcome} ${resolvedOn}`}`,
      ),
    ],
    ['Possibly', possibly.map(({ change, what }) => `${change} has ${what}`)],
    ['Findings', findings.map(({ code, message }) => `${code}: ${message}`)],
  ];
  for (const [heading, lines] of lists) {
    if (lines.length > 0) titled(screen, heading);
    for (const line of lines) paragraph(screen, line, 2);
  }
  if (later.length > 0) titled(screen, 'Not known at this point');
  for (const reason of later) showReason(screen, reason, 2);
};

/** Why a term stands as it does, for somebody who has to be convinced. */
export const showExplanation = (screen: Screen, answer: ExplainAnswer): void => {
  const { explanation, blame } = answer;
  const { term, termId, reasons } = explanation;
  const kind = term === undefined ? '' : `  ${screen.paint('dim', term.value.kind)}`;
  screen.line(`${screen.paint('bold', termId)}${kind}`);
  showBasis(screen, answer);
  for (const reason of reasons) showReason(screen, reason, 0);
  showChanges(screen, explanation);
  showPassages(screen, blame?.passages ?? [], explanation);
  showBeside(screen, explanation);
};
