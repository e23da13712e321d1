import { createHash } from 'node:crypto';
import { canonicalJson } from '#projections/canonical.ts';
import { type History, stateAt } from '#projections/history.ts';
import type { AgreementState } from '#projections/state.ts';
import type { Answer, Basis } from './app.ts';
import type { Resolved } from './resolve-question.ts';

/** Counts up whenever the same events and coordinates give another answer than before. */
export const PROJECTION_VERSION = 1;

/** Who asks the same again mostly gets the same state, and so its digest. */
const digests = new WeakMap<AgreementState, string>();

/** SHA-256, in hex, of a state's canonical JSON. */
export const digestOf = (state: AgreementState): string => {
  const known = digests.get(state);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(canonicalJson(state)).digest('hex');
  digests.set(state, digest);
  return digest;
};

const basisOf = (at: Resolved, state: AgreementState): Basis => ({
  effectiveOn: at.effectiveOn,
  knownAt: at.knownAt,
  position: at.position,
  knowledge: at.knowledge,
  ...(at.executedBy && { executedBy: at.executedBy }),
  ...(at.assume && { assume: at.assume }),
  uncertain: at.uncertain,
  projection: PROJECTION_VERSION,
  // Most readers never look at it, and it takes the whole state.
  get digest() {
    return digestOf(state);
  },
  ...(state.coverage && { coverage: state.coverage }),
  ...(at.behindSince && { behindSince: at.behindSince }),
});

/** The state at resolved coordinates, with the basis that names them. */
export const answerAt = (history: History, at: Resolved): Answer => {
  const state = stateAt(history, at);
  return { state, basis: basisOf(at, state) };
};
