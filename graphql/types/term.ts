import type { OverlayState, TermState } from '#projections/state.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Change } from './change.ts';
import { Grade, OverlayKind, TermStanding } from './enums.ts';
import { Fact, namedFacts } from './fact.ts';
import { Day } from './scalars.ts';

/** A term, its value laid open, together with the answer that it belongs to. */
export class AnchoredTerm {
  readonly at: Anchor;
  readonly #term: TermState;

  constructor(term: TermState, at: Anchor) {
    this.#term = term;
    this.at = at;
  }

  get termId() {
    return this.#term.termId;
  }
  get kind() {
    return this.#term.value.kind;
  }
  get heading() {
    return this.#term.value.heading;
  }
  get number() {
    return this.#term.value.number;
  }
  get prose() {
    return this.#term.value.prose;
  }
  get facts() {
    return this.#term.value.facts;
  }
  get standing() {
    return this.#term.standing;
  }
  get evidence() {
    return this.#term.evidence;
  }
  get inForceSince() {
    return this.#term.inForceSince;
  }
  get causedBy() {
    return this.#term.causedBy;
  }
  get applies() {
    return this.#term.applies;
  }
  get overlays() {
    return this.#term.overlays;
  }
  get lastAffirmed() {
    return this.#term.lastAffirmed;
  }
  get certain() {
    return this.#term.certain;
  }
}

const Overlay = builder.objectRef<OverlayState>('Overlay').implement({
  description: 'A temporary non-application that lies on top of a term on the day asked about.',
  fields: (t) => ({
    overlayId: t.exposeID('overlayId'),
    kind: t.expose('kind', { type: OverlayKind }),
    changeId: t.exposeID('changeId'),
    between: t.idList({
      nullable: true,
      description: 'The parties between whom it holds; null: all.',
      resolve: ({ between }) => (between === undefined ? undefined : [...between]),
    }),
    text: t.exposeString('text', { nullable: true }),
  }),
});

export const Term = builder.objectRef<AnchoredTerm>('Term').implement({
  description: 'A clause as a unit of meaning, as it stands on the day asked about.',
  fields: (t) => ({
    termId: t.exposeID('termId'),
    kind: t.exposeString('kind', { description: 'EXCLUSIVITY, RIGHT_OF_FIRST_REFUSAL, …' }),
    heading: t.exposeString('heading', { nullable: true }),
    number: t.exposeString('number', { nullable: true }),
    prose: t.exposeString('prose', { nullable: true, description: 'Markdown.' }),
    facts: t.field({
      type: [Fact],
      description: 'In order of name.',
      resolve: ({ facts }) => [...namedFacts(facts)],
    }),
    standing: t.expose('standing', { type: TermStanding }),
    evidence: t.expose('evidence', {
      type: Grade,
      description: 'The weakest grade among what caused it.',
    }),
    inForceSince: t.expose('inForceSince', {
      type: Day,
      nullable: true,
      description: 'First day of the change that brought it in; null where that is not known.',
    }),
    causedBy: t.field({
      type: [Change],
      description: 'The change that last set the whole value, then all applied behind it.',
      resolve: async ({ causedBy, at }, _, context) => [...(await context.changes(at, causedBy))],
    }),
    changeIds: t.idList({
      description: 'The ids of causedBy; a claim assumed in a what-if is only named here.',
      resolve: ({ causedBy }) => [...causedBy],
    }),
    applies: t.exposeBoolean('applies', {
      description: 'False while a waiver or suspension covers it.',
    }),
    overlays: t.field({ type: [Overlay], resolve: ({ overlays }) => [...overlays] }),
    lastAffirmed: t.expose('lastAffirmed', { type: Day, nullable: true }),
    certain: t.exposeBoolean('certain', {
      description: 'False when an uncertain date may have changed it on this day.',
    }),
  }),
});
