import { buildSchema, type ExecutionResult, execute, type GraphQLObjectType, parse } from 'graphql';
import { expect, test } from 'vitest';
import { bindAnswers, MOST_ANSWERED } from '#graphql/answer-size.ts';

const schema = buildSchema(`
  scalar JSON
  type Query { text: String!, node: Node!, title: String!, list: [Item!]!, later: [Item!]!, names: [String!]!, nodes: [Node!]!, data: JSON! }
  type Item { id: ID! }
  type Node { prose: String, id: ID! }
`);
const half = 'x'.repeat(MOST_ANSWERED / 2);
const many = (length: number) => Array.from({ length }, () => ({ id: 'a' }));
const RESOLVERS: { readonly [name: string]: () => unknown } = {
  text: () => half,
  node: () => ({ id: 'a', prose: half }),
  nodes: async () => [{ id: 'a', prose: half }],
  list: () => many(MOST_ANSWERED / 200),
  later: async () => many(MOST_ANSWERED / 200),
  names: () => [half],
  data: () => ({ deep: [{ text: half }] }),
};
for (const [name, resolve] of Object.entries(RESOLVERS)) {
  const field = (schema.getQueryType() as GraphQLObjectType).getFields()[name];
  if (field !== undefined) field.resolve = resolve;
}
bindAnswers(schema);

const ask = async (text: string) => {
  const contextValue = { answered: { characters: 0 } };
  const rootValue = { title: half };
  const result: ExecutionResult = await execute({
    schema,
    document: parse(text),
    contextValue,
    rootValue,
  });
  return result.errors?.map(({ extensions }) => extensions['code']);
};

test.each(['text', 'node { prose }', 'nodes { prose }', 'names', 'data'])(
  '%s counts with its texts',
  async (name) => {
    expect(await ask(`{ a: ${name} }`)).toBeUndefined();
    expect(await ask(`{ a: ${name} b: ${name} c: ${name} }`)).toEqual(['TOO_COSTLY']);
  },
);

test.each(['list', 'later'])('%s counts with its items', async (name) => {
  expect(await ask(`{ a: ${name} { id } }`)).toBeUndefined();
  expect(await ask(`{ a: ${name} { id } b: ${name} { id } c: ${name} { id } }`)).toContain(
    'TOO_COSTLY',
  );
});

test('a line that is read without a resolver does not count', async () => {
  expect(await ask('{ a: title b: title c: title }')).toBeUndefined();
});
