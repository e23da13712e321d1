import { buildSchema, execute, type GraphQLObjectType, parse } from 'graphql';
import { expect, test } from 'vitest';
import { compiledOf, type Run } from '#server/compiled.ts';

const SCHEMA = buildSchema(`
  type Query { node: Node, must: Node! }
  type Mutation { node: Node }
  type Node { fails: String, must: String! }
`);

type Node = { readonly [field: string]: () => unknown };
type Context = { readonly make: () => Promise<Node> };

for (const name of ['Query', 'Mutation', 'Node']) {
  for (const field of Object.values((SCHEMA.getType(name) as GraphQLObjectType).getFields())) {
    field.resolve =
      name === 'Node'
        ? (node: Node) => node[field.name]?.()
        : (_: unknown, __: unknown, { make }: Context) => make();
  }
}

/** A node whose fields do what a test wants, and how often it was made. */
const nodes = (node: Node) => {
  let made = 0;
  const make = async () => {
    made += 1;
    return node;
  };
  return { contextValue: { make }, made: () => made };
};

const failing = () => {
  throw new Error('it fails');
};

/** The same operation as compiled code. */
const compiledRun = (source: string): Run => {
  const args = { schema: SCHEMA, document: parse(source) };
  compiledOf(args);
  const run = compiledOf(args);
  if (run === undefined) throw new Error(`${source} is not compiled`);
  return run;
};

const told = async (outcome: ReturnType<Run>) => {
  const { errors = [], data } = await outcome;
  return [JSON.stringify(data), errors.map(({ message, path }) => ({ message, path }))];
};

test.each([
  ['{ node { fails } }', { fails: failing }, 1],
  ['{ node { a: fails b: fails } }', { fails: failing }, 2],
  ['{ node { must } }', { must: () => null }, 2],
  ['{ node { must must } }', { must: () => null }, 2],
  ['{ must { must: must } }', { must: failing }, 2],
  ['{ node { must } }', { must: () => 'there' }, 1],
])('a query that fails is told as interpreted: %s', async (source, node, times) => {
  const { contextValue, made } = nodes(node);
  const args = { schema: SCHEMA, document: parse(source), contextValue };
  const ours = await told(compiledRun(source)(args));
  // Asked a second time where the interpreter knows better.
  expect(made()).toBe(times);
  expect(ours).toEqual(await told(execute(args)));
});

test.each([{ fails: failing }, { fails: () => Promise.reject(new Error('later')) }])(
  'a mutation that fails runs once',
  async (node) => {
    const source = 'mutation { node { a: fails b: fails } }';
    const { contextValue, made } = nodes(node);
    const args = { schema: SCHEMA, document: parse(source), contextValue };
    const { errors } = await compiledRun(source)(args);
    expect([errors?.length, made()]).toEqual([2, 1]);
  },
);
