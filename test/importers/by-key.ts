import { content, fold } from '#agreement/rule-state.ts';
import type { Executor } from '#app/execute.ts';

/** What the event of a natural key says now. */
export const byKeyOf = async (hands: Executor, agreement: string) => {
  const state = fold(agreement, await hands.history(agreement));
  return (key: string): unknown => {
    const entry = state.byKey.get(key);
    return entry === undefined ? undefined : content(entry).data;
  };
};
