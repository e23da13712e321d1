import fc from 'fast-check';

const WORDS =
  'the provider customer data fee term notice secret renew audit law court pay day month use'.split(
    ' ',
  );

/** A sentence or a few that differ from those of other seeds in most words. */
const sentence = (seed: number, length: number): string =>
  `${Array.from({ length }, (_, at) => `${WORDS[(at * 7 + seed * seed) % WORDS.length]}${(seed + at) % 5}`).join(' ')}.`;

/** A block of a document: most begin parts of their own, some repeat others. */
const block = fc
  .record({
    form: fc.constantFrom('section', 'clause', 'list', 'article', 'plain', 'empty', 'odd'),
    seed: fc.nat({ max: 9 }),
    length: fc.constantFrom(3, 12, 40),
    line: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ form, seed, length, line }) => {
    const text = sentence(seed, length);
    const forms: { readonly [form: string]: string } = {
      section: `## Section ${'ABC'[seed % 3]}${line}${line}${text}${line}${line}`,
      clause: `${seed}.${(seed * 3) % 4} Term. ${text}${line}${line}`,
      list: `(${'abc'[seed % 3]}) ${text} ${sentence(seed + 1, 40)}${line}`,
      article: `第${seed + 1}条 ${text}${line}`,
      plain: `${text}${line}${line}`,
      empty: line,
      odd: `\uFEFF# \u0000${line}***${line}`,
    };
    return forms[form] ?? '';
  });

type Edit = {
  readonly at: number;
  readonly to: number;
  readonly how: string;
  readonly with: string;
};

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat({ max: 30 }),
  to: fc.nat({ max: 30 }),
  how: fc.constantFrom('insert', 'insert first', 'remove', 'move', 'reword', 'repeat', 'join'),
  with: block,
});

const edited = (
  blocks: readonly string[],
  { at, to, how, with: other }: Edit,
): readonly string[] => {
  const place = blocks.length === 0 ? 0 : at % blocks.length;
  const target = blocks.length === 0 ? 0 : to % blocks.length;
  const own = blocks[place] ?? '';
  const rest = blocks.toSpliced(place, 1);
  switch (how) {
    case 'insert':
      return blocks.toSpliced(place, 0, other);
    case 'insert first':
      return [other, ...blocks];
    case 'remove':
      return rest;
    case 'move':
      return rest.toSpliced(target, 0, own);
    case 'reword':
      return blocks.toSpliced(place, 1, own.replace('the', 'each and every'));
    case 'repeat':
      return blocks.toSpliced(target, 0, own);
    default:
      return blocks.toSpliced(place, 2, own.trimEnd() + (blocks[place + 1] ?? ''));
  }
};

/** What a version does with the document before: edits it, withdraws it, empties it, takes an older one up or begins anew. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.array(edit, { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constant('withdraw' as const) },
  { weight: 1, arbitrary: fc.constant('empty' as const) },
  { weight: 2, arbitrary: fc.nat({ max: 5 }) },
  { weight: 1, arbitrary: fc.array(block, { maxLength: 8 }).map((blocks) => ({ blocks })) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type Blocks = readonly string[] | undefined;

const stepped = (versions: readonly Blocks[], next: Step): Blocks => {
  if (next === 'withdraw') return undefined;
  if (next === 'empty') return [];
  if (typeof next === 'number') return versions.at(next % versions.length);
  if ('blocks' in next) return next.blocks;
  return next.reduce(edited, versions.findLast((blocks) => blocks !== undefined) ?? []);
};

/** The texts of a document's versions, in order; `undefined`: it is withdrawn. */
export const versionsOfADocument = (most: number): fc.Arbitrary<readonly (string | undefined)[]> =>
  fc
    .tuple(fc.array(block, { maxLength: 8 }), fc.array(step, { minLength: 1, maxLength: most }))
    .map(([first, steps]) => {
      const versions: Blocks[] = [first];
      for (const next of steps) versions.push(stepped(versions, next));
      return versions.map((blocks) => blocks?.join(''));
    });
