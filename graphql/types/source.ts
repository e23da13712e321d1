import type { Source as SourceValue } from '#events/source.ts';
import { builder } from '../builder.ts';
import { Grade } from './enums.ts';
import { Edtf } from './scalars.ts';

export const Source = builder.objectRef<SourceValue>('Source').implement({
  description: 'Where a statement comes from, and how strong a proof it is.',
  fields: (t) => ({
    title: t.exposeString('title'),
    publisher: t.exposeString('publisher', { nullable: true }),
    url: t.exposeString('url', { nullable: true }),
    published: t.expose('published', { type: Edtf, nullable: true }),
    language: t.exposeString('language', { nullable: true }),
    grade: t.expose('grade', { type: Grade }),
    sha256: t.exposeString('sha256', {
      nullable: true,
      description: 'Hash of the retrieved copy, in hex.',
    }),
  }),
});
