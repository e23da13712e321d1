import type { DiffAnswer } from '#app/app.ts';
import { GRAINS } from '#projections/diff/pieces.ts';
import { type DiffStat as Stat, statOf } from '#projections/diff/stat.ts';
import { onlyMaterial, printRedline, type RedlineFormat } from '#render/print-redline.ts';
import { inText } from '#render/printed.ts';
import { builder } from '../builder.ts';
import type { GraphContext } from '../context.ts';
import { badInput } from '../errors.ts';
import { Basis } from './basis.ts';
import { DiffEntry } from './diff-entry.ts';
import { DiffKind, MaterialFlag } from './diff-parts.ts';

export type AnchoredDiff = DiffAnswer & { readonly agreementId: string };

const FORMATS: { readonly [name: string]: { readonly value: RedlineFormat; description: string } } =
  {
    TEXT: { value: 'text', description: 'Lines of 100 characters: [-gone-] {+come+}.' },
    MARKDOWN: { value: 'markdown', description: 'With del and ins.' },
    HTML: { value: 'html', description: 'One page that needs nothing beside it.' },
    DOCX: {
      value: 'docx',
      description: 'A file for word processors with tracked changes; its bytes in base64.',
    },
    JSON_PATCH: {
      value: 'json-patch',
      description: 'RFC 6902, from the older state’s JSON form to the newer one’s, with tests.',
    },
    UNIFIED: { value: 'unified', description: 'As diff -u prints the terms in force.' },
  };
const Format = builder.enumType('RedlineFormat', {
  description: 'What a redline can be printed as.',
  values: FORMATS,
});

const Grain = builder.enumType('RedlineGrain', {
  description: 'What a redline marks: words, whole sentences or whole paragraphs.',
  values: GRAINS,
});

const KindCount = builder.objectRef<{ kind: string; count: number }>('DiffKindCount').implement({
  fields: (t) => ({
    kind: t.field({ type: DiffKind, resolve: ({ kind }) => kind as never }),
    count: t.exposeInt('count'),
  }),
});
const FlagCount = builder.objectRef<{ flag: string; count: number }>('MaterialCount').implement({
  fields: (t) => ({
    flag: t.field({ type: MaterialFlag, resolve: ({ flag }) => flag as never }),
    count: t.exposeInt('count'),
  }),
});

const DiffStat = builder.objectRef<Stat>('DiffStat').implement({
  description: 'A diff in numbers.',
  fields: (t) => ({
    entries: t.exposeInt('entries'),
    kinds: t.field({
      type: [KindCount],
      resolve: ({ kinds }) => Object.entries(kinds).map(([kind, count]) => ({ kind, count })),
    }),
    flags: t.field({
      type: [FlagCount],
      description: 'How many entries each rule flags.',
      resolve: ({ flags }) => Object.entries(flags).map(([flag, count]) => ({ flag, count })),
    }),
    wordsInserted: t.exposeInt('wordsInserted', {
      description: 'Words of prose; passages that moved are not counted.',
    }),
    wordsDeleted: t.exposeInt('wordsDeleted'),
    moves: t.exposeInt('moves', { description: 'Passages that moved.' }),
    facts: t.exposeInt('facts'),
  }),
});

/** The changes behind all entries; where both points know one, the newer says what it is. */
const causesOf = async ({ diff, from, to, agreementId }: AnchoredDiff, context: GraphContext) => {
  const ids = [...new Set(diff.entries.flatMap(({ causedBy }) => causedBy))];
  const [older, newer] = await Promise.all(
    [from, to].map(({ basis }) => context.changes({ agreementId, basis }, ids)),
  );
  return new Map([...(older ?? []), ...(newer ?? [])].map((view) => [view.changeId, view]));
};

const contextIn = (context: number | null | undefined) => {
  if (context === null || context === undefined) return {};
  if (context < 0) throw badInput('context is a number of words, 0 or more');
  return { context };
};

export const Diff = builder.objectRef<AnchoredDiff>('Diff').implement({
  description: 'What differs between two states: the agreement itself, then its terms in order.',
  fields: (t) => ({
    entries: t.field({
      type: [DiffEntry],
      resolve: ({ diff, from, to, agreementId }) =>
        diff.entries.map((entry) => ({
          entry,
          from: { agreementId, basis: from.basis },
          to: { agreementId, basis: to.basis },
        })),
    }),
    from: t.field({ type: Basis, resolve: ({ from }) => from.basis }),
    to: t.field({ type: Basis, resolve: ({ to }) => to.basis }),
    stat: t.field({ type: DiffStat, resolve: ({ diff }) => statOf(diff) }),
    rendered: t.string({
      description: 'The redline: what changed with the changed words marked, and what caused it.',
      args: {
        format: t.arg({ type: Format, required: true }),
        material: t.arg.boolean({
          description: 'Only what a rule flags. JSON_PATCH and UNIFIED show all.',
        }),
        by: t.arg({
          type: Grain,
          description: 'What is marked as changed; WORDS when left out.',
        }),
        context: t.arg.int({
          description: 'How many unchanged words to show beside a change; all when left out.',
        }),
      },
      resolve: async (diff, { format, material, by, context }, graph) => {
        const shown = material === true ? onlyMaterial(diff) : diff;
        const redlined = { answer: shown, causes: await causesOf(diff, graph) };
        const options = { ...contextIn(context), ...(by && { by }) };
        return inText(printRedline(format, redlined, options));
      },
    }),
  }),
});
