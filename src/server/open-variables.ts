import { type DocumentNode, GraphQLScalarType, GraphQLSchema, Kind, visit } from 'graphql';

/** The type of every variable to compiled code: what was read before, and is not to be read again. */
const READ = new GraphQLScalarType({ name: 'ReadBefore', parseValue: (value) => value });

const extended = new WeakMap<GraphQLSchema, GraphQLSchema>();

/** The schema with a type of input that takes everything. */
export const withOpenInput = (schema: GraphQLSchema): GraphQLSchema => {
  const known = extended.get(schema);
  if (known !== undefined) return known;
  const config = schema.toConfig();
  const open = new GraphQLSchema({ ...config, types: [...config.types, READ] });
  extended.set(schema, open);
  return open;
};

/** The document with variables of that type, optional and without defaults. */
export const withOpenVariables = (document: DocumentNode): DocumentNode =>
  visit(document, {
    VariableDefinition: ({ variable }) => ({
      kind: Kind.VARIABLE_DEFINITION,
      variable,
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: READ.name } },
    }),
  });
