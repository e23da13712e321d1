import type { DataOf, Decided } from '#events/event.ts';
import type { CommandOf } from './commands.ts';
import { accepted, type Decision, unless } from './decision.ts';
import { same } from './differences.ts';
import { recordedAgain } from './recorded-again.ts';
import { type Path, type Rejection, rejection } from './rejections.ts';
import { content, coverageOf, type RuleState } from './rule-state.ts';

type Stretch = { readonly from: string; readonly until: string };

/** Days in ISO form sort as texts. */
const backward = (what: string, { from, until }: Stretch, path: Path): readonly Rejection[] =>
  until < from ? [rejection('EndsBeforeStart', path, { what, from, until })] : [];

/** Refuses a coverage or a gap whose last day lies before its first. */
export const checkCoverage = (
  { from, observedThrough, gaps }: DataOf<'CoverageStated'>,
  at: Path,
): readonly Rejection[] => [
  ...backward('The coverage', { from, until: observedThrough }, [...at, 'observedThrough']),
  ...(gaps ?? []).flatMap((gap, index) =>
    backward('The gap', gap, [...at, 'gaps', index, 'until']),
  ),
];

/** How far we have looked; said again alike it changes nothing. */
export const stateCoverage = (command: CommandOf<'StateCoverage'>, state: RuleState): Decision => {
  const { type: _, agreement: _of, ...data } = command;
  const last = coverageOf(state);
  if (last !== undefined && same(content(last).data, data)) return accepted();
  return unless(checkCoverage(data, []), [{ type: 'CoverageStated', data }]);
};

/** Names a point; the name stays with it. */
export const tagPoint = (command: CommandOf<'TagPoint'>, state: RuleState): Decision => {
  const { type: _, agreement: _of, correct, ...data } = command;
  const key = `tag:${data.tag}`;
  const event: Decided = { type: 'PointTagged', data };
  const entry = state.byKey.get(key);
  if (entry === undefined) return accepted(event);
  return recordedAgain({
    entry,
    item: { key, event, path: [] },
    codes: { differs: 'TagDiffers', retracted: 'TagRetracted' },
    details: { tag: data.tag },
    correct,
    check: () => [],
  });
};
