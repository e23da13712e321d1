import { REJECTION_CODES, REJECTIONS, type Rejection as Refusal } from '#agreement/rejections.ts';
import type { Outcome } from '#app/execute.ts';
import { builder } from '../builder.ts';
import { Event } from './event.ts';
import { Json, Position } from './scalars.ts';

/** `NoSuchTerm` as GraphQL writes it: `NO_SUCH_TERM`. */
export const capitals = (name: string): string =>
  name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();

/** The one refusal that comes before the rules: the input is no such command. */
export const INPUT_DOES_NOT_FIT = 'INPUT_DOES_NOT_FIT';

const INPUT_VALUE = { description: 'The input does not have the form of the command.' };

const RejectionCode = builder.enumType('RejectionCode', {
  description: 'The fact in the way of a command.',
  values: Object.fromEntries([
    [INPUT_DOES_NOT_FIT, INPUT_VALUE],
    ...REJECTION_CODES.map((code) => {
      const { message, remedy } = REJECTIONS[code];
      return [capitals(code), { description: `${message} ${remedy}` }];
    }),
  ]),
});

/** Why a command was refused, from the rules or from the schema before them. */
export type ShownRejection = Pick<Refusal, 'message' | 'path'> & {
  readonly code: string;
  readonly details?: Refusal['details'];
};

const Rejection = builder.objectRef<ShownRejection>('Rejection').implement({
  fields: (t) => ({
    code: t.field({ type: RejectionCode, resolve: ({ code }) => code }),
    message: t.exposeString('message', { description: 'What is in the way, and what to do.' }),
    path: t.stringList({
      description: 'The way to the offending input: changes, 0, amendTerm, termId.',
      resolve: ({ path }) => path.map(String),
    }),
    details: t.field({
      type: Json,
      nullable: true,
      description: 'What the message speaks of, such as the differences from the record.',
      resolve: ({ details }) => details,
    }),
  }),
});

type Kind<K extends Outcome['kind']> = Extract<Outcome, { readonly kind: K }>;
export type Refused = {
  readonly kind: 'rejected';
  readonly rejections: readonly ShownRejection[];
  readonly revision?: number;
};
export type CommandOutcome = Kind<'accepted'> | Kind<'conflict'> | Refused;

const Accepted = builder.objectRef<Kind<'accepted'>>('Accepted').implement({
  description: 'The log holds it, durably, all of it.',
  fields: (t) => ({
    revision: t.exposeInt('revision', {
      nullable: true,
      description:
        'Of the agreement, with this command. Never null here; its type is that of Rejected.revision, so that one selection may ask for both.',
    }),
    position: t.expose('position', {
      type: Position,
      description: 'Ask at this position to read what was written.',
    }),
    events: t.field({
      type: [Event],
      description: 'What it added; nothing when all of it was recorded before.',
      resolve: ({ events }) => [...events],
    }),
    duplicate: t.exposeBoolean('duplicate', {
      description: 'This command id was answered before; this is the first answer again.',
    }),
  }),
});

const Rejected = builder.objectRef<Refused>('Rejected').implement({
  description: 'Nothing was recorded.',
  fields: (t) => ({
    rejections: t.field({ type: [Rejection], resolve: ({ rejections }) => [...rejections] }),
    revision: t.exposeInt('revision', {
      nullable: true,
      description: 'Of the agreement now (0: not recorded); null where the rules were not asked.',
    }),
  }),
});

const RevisionConflict = builder.objectRef<Kind<'conflict'>>('RevisionConflict').implement({
  description: 'Somebody else was faster than expectedRevision; nothing was recorded.',
  fields: (t) => ({
    expected: t.exposeInt('expected'),
    actual: t.exposeInt('actual'),
    meanwhile: t.field({
      type: [Event],
      description: 'What happened behind the expected revision.',
      resolve: ({ meanwhile }) => [...meanwhile],
    }),
  }),
});

const MEMBERS = {
  accepted: 'Accepted',
  rejected: 'Rejected',
  conflict: 'RevisionConflict',
} as const;

export const CommandResult = builder.unionType('CommandResult', {
  types: [Accepted, Rejected, RevisionConflict],
  resolveType: (outcome) => MEMBERS[outcome.kind],
});
