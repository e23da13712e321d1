import { expect } from 'vitest';
import { type CommandType, type InputOf, parseCommand } from '#agreement/commands.ts';
import { decide } from '#agreement/decide.ts';
import { naturalKey } from '#agreement/natural-key.ts';
import type { Path, RejectionCode } from '#agreement/rejections.ts';
import { fold, foldOnto, type RuleState } from '#agreement/rule-state.ts';
import type { Decided, Recorded } from '#events/event.ts';

/** A command as people write it, addressed to the agreement `lease`. */
export type Wish = {
  [T in CommandType]: { readonly type: T } & Loose<Omit<InputOf<T>, 'agreement'>>;
}[CommandType];

/** Changes in command form are typed by what comes out of their schema; going in they are plain objects. */
type Loose<I> = {
  readonly [K in keyof I]: K extends 'changes' | 'proposedChanges'
    ? I[K] extends readonly string[]
      ? I[K]
      : readonly object[]
    : I[K];
};

const LEASE = 'lease';

const asked = ({ type, ...input }: Wish) => parseCommand(type, { agreement: LEASE, ...input });

/** Recorded under the natural key as id, so that a test can name any event by what it says. */
const recorded = (event: Decided, state: RuleState, commandId: string): Recorded => {
  const place = state.revision + 1;
  return {
    id: naturalKey(event, commandId),
    ...event,
    metadata: { by: 'test', commandId, correlationId: commandId },
    stream: `agreement-${LEASE}`,
    revision: place,
    position: place,
    recordedAt: place,
  } as Recorded;
};

/** The state after these commands, each of which must be accepted; the nth has the id `c<n>`. */
export const stateAfter = (...past: readonly Wish[]): RuleState => {
  let state = fold(LEASE, []);
  past.forEach((wish, index) => {
    const decision = decide(asked(wish), state);
    if (decision.kind === 'rejected') {
      throw new Error(
        `given is refused: ${decision.rejections.map((one) => one.message).join('; ')}`,
      );
    }
    for (const event of decision.events) {
      state = foldOnto(state, [recorded(event, state, `c${index + 1}`)]);
    }
  });
  return state;
};

/** given(...past).when(command).records(...) or .rejects('NoSuchTerm'). */
export const given = (...past: readonly Wish[]) => ({
  when: (wish: Wish) => {
    const decision = decide(asked(wish), stateAfter(...past));
    const rejections = decision.kind === 'rejected' ? decision.rejections : [];
    return {
      decision,
      rejections,
      /** Exactly these events, in order. */
      records: (...events: readonly { readonly type: string; readonly data: object }[]) =>
        expect(decision).toEqual({ kind: 'accepted', events }),
      /** Events of these types, in order. */
      accepts: (...types: readonly string[]) =>
        expect(
          decision.kind === 'accepted' ? decision.events.map(({ type }) => type) : rejections,
        ).toEqual(types),
      /** Exactly these rejections, in order. */
      rejects: (...codes: readonly RejectionCode[]) =>
        expect(rejections.map(({ code }) => code)).toEqual(codes),
      /** One rejection, at this place of the command. */
      rejectsAt: (code: RejectionCode, path: Path) =>
        expect(rejections.map((one) => [one.code, one.path])).toEqual([[code, path]]),
    };
  },
});
