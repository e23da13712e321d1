import {
  BREAK,
  type DocumentNode,
  type GraphQLArgument,
  GraphQLScalarType,
  GraphQLSchema,
  isRequiredArgument,
  Kind,
  TypeInfo,
  type ValueNode,
  type VariableDefinitionNode,
  type VariableNode,
  valueFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

type Values = { readonly [name: string]: unknown };

/** The type of every argument to compiled code: what was read before, and is not to be read again. */
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

/** An argument as it stands in a document, and the variable put in its place. */
type Opened = {
  readonly name: string;
  readonly value: ValueNode;
  readonly argument: GraphQLArgument;
};

/** A document whose arguments are all variables, and what makes the values of those from the variables that it had. */
export type Open = {
  readonly document: DocumentNode;
  /** @returns undefined where one does not fit, so that graphql has to say why */
  readonly valuesFrom: (variables: Values) => Values | undefined;
};

const variable = (name: string): VariableNode => ({
  kind: Kind.VARIABLE,
  name: { kind: Kind.NAME, value: name },
});

const definition = ({ name }: Opened): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: variable(name),
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: READ.name } },
});

const holdsVariable = (value: ValueNode): boolean => {
  let found = false;
  visit(value, {
    Variable: () => {
      found = true;
      return BREAK;
    },
  });
  return found;
};

const LEFT_OUT = Symbol('left out');
type Read = (variables: Values) => unknown;

/** Reads an argument: its value, undefined where none fits, or that it is left out with its variable. */
const readerOf = ({ value, argument }: Opened): Read => {
  const { type } = argument;
  if (!holdsVariable(value)) {
    const fixed = valueFromAST(value, type);
    return () => fixed;
  }
  if (value.kind !== Kind.VARIABLE) return (variables) => valueFromAST(value, type, variables);
  const { name } = value;
  const none = isRequiredArgument(argument) ? undefined : LEFT_OUT;
  return (variables) =>
    Object.hasOwn(variables, name.value) ? valueFromAST(value, type, variables) : none;
};

const valuesFrom = (opened: readonly Opened[]): Open['valuesFrom'] => {
  const readers = opened.map((one) => ({ name: one.name, read: readerOf(one) }));
  return (variables) => {
    const values: { [name: string]: unknown } = {};
    for (const { name, read } of readers) {
      const value = read(variables);
      if (value === undefined) return undefined;
      if (value !== LEFT_OUT) values[name] = value;
    }
    return values;
  };
};

/** Puts a variable of its own in the place of each argument of a document that fits the schema. */
export const openArguments = (schema: GraphQLSchema, document: DocumentNode): Open => {
  const opened: Opened[] = [];
  const info = new TypeInfo(schema);
  const withVariables = visit(
    document,
    visitWithTypeInfo(info, {
      Argument: (node) => {
        const argument = info.getArgument();
        if (!argument) throw new TypeError(`no argument ${node.name.value} is known`);
        const name = `a${opened.length}`;
        opened.push({ name, value: node.value, argument });
        return { ...node, value: variable(name) };
      },
    }),
  );
  return {
    document: visit(withVariables, {
      OperationDefinition: (node) => ({ ...node, variableDefinitions: opened.map(definition) }),
    }),
    valuesFrom: valuesFrom(opened),
  };
};
