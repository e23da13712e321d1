import type { Basis as AnswerBasis } from '#app/app.ts';
import type { Assumptions as Assumed } from '#projections/coordinates.ts';
import type { CoverageState } from '#projections/state.ts';
import { builder } from '../builder.ts';
import { Knowledge, Uncertain } from './enums.ts';
import { Day, Instant, Position } from './scalars.ts';

const CoverageGap = builder.objectRef<NonNullable<CoverageState['gap']>>('CoverageGap').implement({
  fields: (t) => ({
    from: t.expose('from', { type: Day }),
    until: t.expose('until', { type: Day }),
    reason: t.exposeString('reason'),
  }),
});

const Coverage = builder.objectRef<CoverageState>('Coverage').implement({
  description: 'How far our own observation reaches; days are inclusive.',
  fields: (t) => ({
    from: t.expose('from', { type: Day }),
    observedThrough: t.expose('observedThrough', { type: Day }),
    stale: t.exposeBoolean('stale', { description: 'The day lies behind observedThrough.' }),
    gap: t.expose('gap', {
      type: CoverageGap,
      nullable: true,
      description: 'The gap that the day lies in.',
    }),
  }),
});

const Assumptions = builder.objectRef<Assumed>('Assumptions').implement({
  description: 'What the answer assumed: null where nothing was asked.',
  fields: (t) => ({
    scheduled: t.exposeBoolean('scheduled', { nullable: true }),
    prospective: t.exposeBoolean('prospective', { nullable: true }),
    claims: t.idList({
      nullable: true,
      resolve: ({ claims }) => (claims === undefined ? undefined : [...claims]),
    }),
  }),
});

export const Basis = builder.objectRef<AnswerBasis>('Basis').implement({
  description:
    'The resolved coordinates of an answer. Hand those that QuestionInput knows back as at: and the same answer comes again, byte for byte.',
  fields: (t) => ({
    effectiveOn: t.expose('effectiveOn', { type: Day }),
    knownAt: t.expose('knownAt', { type: Instant }),
    position: t.expose('position', { type: Position }),
    knowledge: t.expose('knowledge', { type: Knowledge }),
    executedBy: t.expose('executedBy', { type: Day, nullable: true }),
    assume: t.expose('assume', { type: Assumptions, nullable: true }),
    uncertain: t.expose('uncertain', { type: Uncertain }),
    projection: t.exposeInt('projection', {
      description: 'Version of the projection that computed the answer.',
    }),
    // Worked out when it is read, which compiled code guards in resolvers alone.
    digest: t.string({
      description: 'SHA-256, in hex, of the state’s canonical JSON.',
      resolve: ({ digest }) => digest,
    }),
    coverage: t.expose('coverage', { type: Coverage, nullable: true }),
    behindSince: t.expose('behindSince', {
      type: Instant,
      nullable: true,
      description:
        'Set while the log on a server can not be reached: what it was given since then may be missing in the answer.',
    }),
  }),
});
