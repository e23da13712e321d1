import type { Basis as AnswerBasis } from '#app/app.ts';
import type { Version as VersionSpan } from '#projections/versions.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Basis } from './basis.ts';
import { Change } from './change.ts';
import { Day } from './scalars.ts';

export type AnchoredVersion = { readonly version: VersionSpan; readonly at: Anchor };

const Version = builder.objectRef<AnchoredVersion>('Version').implement({
  description: 'A maximal stretch of days during which the terms in force do not change.',
  fields: (t) => ({
    number: t.int({
      description: '1, 2, 3 … along the effective axis, for one state of knowledge.',
      resolve: ({ version }) => version.number,
    }),
    from: t.field({ type: Day, resolve: ({ version }) => version.from }),
    until: t.field({
      type: Day,
      nullable: true,
      description: 'First day of the next version; null: open.',
      resolve: ({ version }) => version.until,
    }),
    changes: t.field({
      type: [Change],
      description: 'What starts or ends on its first day.',
      resolve: async ({ version, at }, _, context) => [
        ...(await context.changes(at, version.changes)),
      ],
    }),
  }),
});

export type AnchoredVersions = {
  readonly versions: readonly VersionSpan[];
  readonly basis: AnswerBasis;
  readonly agreementId: string;
};

export const Versions = builder.objectRef<AnchoredVersions>('Versions').implement({
  fields: (t) => ({
    versions: t.field({
      type: [Version],
      resolve: ({ versions, ...at }) => versions.map((version) => ({ version, at })),
    }),
    basis: t.field({ type: Basis, resolve: ({ basis }) => basis }),
  }),
});
