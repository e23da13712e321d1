import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isChange, type Recorded } from '#events/event.ts';
import type { TermId } from '#events/values.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { explainAt } from '#projections/explain/explain.ts';
import type { Explanation } from '#projections/explain/explanation.ts';
import { RULE_NAMES, RULES } from '#projections/explain/rules.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import type { AgreementState } from '#projections/state.ts';
import { type RandomHistory, randomHistory } from '../../oracle/random-history.ts';
import { DEAL } from '../record.ts';

const TERMS = ['t1', 't2', 't3'] as TermId[];

const NAMING = new Set(['termId', 'from', 'to', 'terms', 'survives']);

/** Whether a payload names a term where terms are named. */
const names = (data: unknown, termId: string, naming = false): boolean => {
  if (typeof data === 'string') return naming && data === termId;
  if (Array.isArray(data)) return data.some((one) => names(one, termId, naming));
  if (typeof data !== 'object' || data === null) return false;
  return Object.entries(data).some(([key, value]) => names(value, termId, NAMING.has(key)));
};

const idsNaming = (events: readonly Recorded[], termId: string): readonly string[] =>
  events.flatMap((event) =>
    isChange(event) && names(event.data, termId) ? event.data.changeId : [],
  );

const LATER = new Set(['NOT_KNOWN_THEN', 'NOT_PUBLIC_THEN']);

const NOT_APPLIED = new Set(['SCHEDULED', 'PROSPECTIVE', 'ENDED', 'REPLACEMENT_ENDED', 'VOIDED']);
const firstOf = (places: readonly number[], place: number): number => {
  const at = places.indexOf(place);
  return at === -1 ? places.length : at;
};

/** Everything that an explanation must have in common with the answer that it explains. */
const check = (explanation: Explanation, state: AgreementState, events: readonly Recorded[]) => {
  const { termId, changes, later, term } = explanation;
  expect(term).toEqual(state.terms.find((one) => one.termId === termId));
  expect(explanation.reasons.length).toBeGreaterThan(0);
  const ids = changes.map(({ change }) => change.changeId);
  const unknown = later.filter(({ rule }) => LATER.has(rule)).flatMap(({ by }) => by);
  const listed = [...ids, ...unknown];
  expect(new Set(listed).size).toBe(listed.length);
  if (state.empty === undefined) {
    const known = listed as readonly string[];
    expect(idsNaming(events, termId).filter((id) => !known.includes(id))).toEqual([]);
  }
  const places = changes.map(({ verdict, reasons }) => {
    if (verdict === 'WON') return 0;
    if (verdict !== 'LEFT_OUT') return -1;
    return NOT_APPLIED.has(reasons[0]?.rule ?? '') ? 1 : 0;
  });
  expect(places.lastIndexOf(-1)).toBeLessThan(firstOf(places, 1));
  const caused = changes.filter((one) => one.caused).map(({ change }) => change.changeId);
  expect(caused).toEqual(term?.causedBy ?? []);
  for (const { change, verdict, reasons } of changes) {
    const rules = reasons.map(({ rule }) => rule);
    expect(rules.length).toBeGreaterThan(0);
    if (verdict === 'LOST') expect(rules).not.toContain('PREVAILS');
    if (verdict === 'LEFT_OUT') expect(caused).not.toContain(change.changeId);
    if (verdict.startsWith('WON') && term !== undefined) expect(caused).toContain(change.changeId);
  }
};

const led = ({ changes }: Explanation, rule: string): readonly string[] =>
  changes.filter(({ reasons }) => reasons[0]?.rule === rule).map(({ change }) => change.changeId);

const idsIn = (list: AgreementState['scheduled']) => list.map(({ changeId }) => changeId as string);

/** What the answer lists of its own must be what the explanation gives as its rules. */
const checkLists = (explanation: Explanation, state: AgreementState, at: Coordinates) => {
  const { termId, changes, term } = explanation;
  const named = (list: AgreementState['scheduled']) =>
    idsIn(list.filter(({ terms }) => terms.includes(termId)));
  const [scheduled, prospective] = [led(explanation, 'SCHEDULED'), led(explanation, 'PROSPECTIVE')];
  expect(idsIn(state.scheduled)).toEqual(expect.arrayContaining([...scheduled]));
  expect(scheduled).toEqual(expect.arrayContaining(named(state.scheduled)));
  expect(idsIn(state.prospective)).toEqual(expect.arrayContaining([...prospective]));
  expect(prospective).toEqual(expect.arrayContaining(named(state.prospective)));
  expect(idsIn(state.lapsed)).toEqual(expect.arrayContaining([...led(explanation, 'LAPSED')]));
  const possibly = state.possibly.map(({ change }) => change as string);
  const uncertain = ['UNCERTAIN_START', 'UNCERTAIN_END'].flatMap((rule) => led(explanation, rule));
  expect(possibly).toEqual(expect.arrayContaining(at.uncertain ? [] : uncertain));
  const onTop = changes.filter(({ verdict }) => verdict === 'ON_TOP');
  expect(term === undefined ? [] : onTop.map(({ change }) => change.changeId)).toEqual(
    term?.overlays.map(({ changeId }) => changeId) ?? [],
  );
};

/** Explains every term at every point, and collects the rules that were given. */
const checkAll = ({ events, questions }: RandomHistory, rules: Set<string>): number => {
  const history = historyOf(DEAL, events);
  const points = questions.flatMap((at) => TERMS.map((termId) => ({ at, termId })));
  for (const { at, termId } of points) {
    const explanation = explainAt(history, termId, at);
    const state = stateAt(history, at);
    check(explanation, state, events);
    checkLists(explanation, state, at);
    const { reasons, later, changes } = explanation;
    const all = [...reasons, ...later, ...changes.flatMap((one) => one.reasons)];
    for (const { rule } of all) rules.add(rule);
  }
  return points.length;
};

test('every change is listed once with its rule, and those that won are what the state names', {
  timeout: 300_000,
}, () => {
  const rules = new Set<string>();
  let many = 0;
  const property = fc.property(randomHistory, (random) => {
    many += checkAll(random, rules);
  });
  void fc.assert(property, { numRuns: 1_500, seed: 20_250_121 });
  expect(many).toBeGreaterThan(3_000);
  const rare = ['LEAVES_AS_IS', 'STRONGER_PROOF'];
  expect(RULE_NAMES.filter((rule) => !rules.has(rule) && !rare.includes(rule))).toEqual([]);
});

test('each rule has its sentence and its place in the model', () => {
  for (const { section, says } of Object.values(RULES)) {
    expect(says).toMatch(/^[A-Z].*\.$/);
    expect(section).toMatch(/^\d(\.\d+)?$/);
  }
});
