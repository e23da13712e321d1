import type { FastifyBaseLogger } from 'fastify';
import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import { createYoga, type GraphiQLOptions } from 'graphql-yoga';
import type { App } from '#app/app.ts';
import { type Caller, createContext } from '#graphql/context.ts';
import { maskedError } from '#graphql/errors.ts';
import { parseWithinLimits } from '#graphql/limits.ts';
import { compiledOf } from './compiled.ts';
import { Documents } from './documents.ts';
import { SharedResults } from './shared-results.ts';
import { STARTER_TABS } from './starter-tabs.ts';

export type GraphqlOptions = {
  readonly app: App;
  readonly schema: GraphQLSchema;
  readonly log: FastifyBaseLogger;
};

/** What the server hands to every operation. */
export type Serving = { readonly caller: Caller };

/** The page with its assets inside: it works on a machine that reaches no other. */
const renderPage = async (options: GraphiQLOptions): Promise<string> => {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL(options);
};

const withinLimits = {
  onParse: ({ setParseFn }: { setParseFn: (parse: typeof parseWithinLimits) => void }) =>
    setParseFn(parseWithinLimits),
};

const isOurs = (error: Error): boolean => {
  const { extensions } = error as Error & { extensions?: { unexpected?: unknown } };
  return extensions?.unexpected === true;
};

/** What the asker sees of an error; what is our fault is logged. */
const masking = (log: FastifyBaseLogger) => (error: unknown) => {
  const masked = maskedError(error);
  if (isOurs(masked)) log.error({ err: error }, 'an operation failed');
  return masked;
};

const compiledOperations = {
  onExecute: ({ args, setExecuteFn }: { args: ExecutionArgs; setExecuteFn: SetExecute }) => {
    setExecuteFn(compiledOf(args) ?? execute);
  },
};
type SetExecute = (
  execute: (args: ExecutionArgs) => Promise<ExecutionResult> | ExecutionResult,
) => void;

/**
 * The GraphQL engine: schema, limits, masking of errors, and the GraphiQL page. HTTP and WebSocket lie around it
 * and call `getEnveloped`, which spares the layers of the Fetch API.
 */
const createEngine = ({ app, schema, log }: GraphqlOptions) =>
  createYoga<Serving>({
    schema,
    context: ({ caller }) => createContext(app, caller),
    plugins: [withinLimits, compiledOperations],
    maskedErrors: { maskError: masking(log) },
    logging: false,
    graphiql: { title: 'Codicil', defaultTabs: [...STARTER_TABS], credentials: 'same-origin' },
    renderGraphiQL: renderPage,
    landingPage: false,
    cors: false,
    multipart: false,
    batching: false,
    parserAndValidationCache: false,
  });
export type Engine = ReturnType<typeof createEngine>;

/** The engine with the documents that it has read. */
export type Graphql = {
  readonly engine: Engine;
  readonly documents: Documents;
  readonly shared: SharedResults;
};

export const createGraphql = (options: GraphqlOptions): Graphql => {
  const engine = createEngine(options);
  const reader = engine.getEnveloped({} as Parameters<Engine['getEnveloped']>[0]);
  const documents = new Documents((text) => {
    const document = reader.parse(text);
    return { document, errors: reader.validate(reader.schema, document) };
  });
  return { engine, documents, shared: new SharedResults(masking(options.log)) };
};
