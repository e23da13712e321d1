import type { Command } from '#agreement/commands.ts';
import { decide } from '#agreement/decide.ts';
import { same } from '#agreement/differences.ts';
import { type Rejection, rejection } from '#agreement/rejections.ts';
import { eventsOf, fold, type RuleState } from '#agreement/rule-state.ts';
import type { Recorded } from '#events/event.ts';

/** What became of a command id that was used before. */
export type Echo =
  | { readonly kind: 'repeated'; readonly events: readonly Recorded[] }
  | { readonly kind: 'reused'; readonly rejection: Rejection };

const spoken = ({ type, data }: { readonly type: string; readonly data: unknown }) => ({
  type,
  data,
});

/**
 * Looks for a command of this id in the record. The log keeps events, not commands; but the rules are pure, so
 * the same command asked again at the same point gives the same events, and another one gives others.
 */
export const echoOf = (command: Command, commandId: string, state: RuleState): Echo | undefined => {
  const first = state.commands.get(commandId);
  if (first === undefined) return undefined;
  const all = eventsOf(state);
  const events = all.filter((event) => event.metadata.commandId === commandId);
  const before = fold(
    state.agreement,
    all.filter(({ revision }) => revision < first),
  );
  const decision = decide(command, before);
  if (decision.kind === 'accepted' && same(decision.events.map(spoken), events.map(spoken))) {
    return { kind: 'repeated', events };
  }
  return { kind: 'reused', rejection: rejection('CommandIdReused', ['commandId'], { commandId }) };
};
