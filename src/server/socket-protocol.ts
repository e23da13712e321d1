import type { IncomingMessage } from 'node:http';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import { makeServer, type Server as Protocol } from 'graphql-ws';
import { ERROR_CODES, maskedError, shownError } from '#graphql/errors.ts';
import type { Config } from '#src/config.ts';
import { isAllowed } from './guard.ts';
import type { Link } from './link.ts';
import { type Operation, type Outcome, prepare } from './operation.ts';
import type { Graphql, Serving } from './yoga.ts';

export type SocketOptions = {
  readonly graphql: Graphql;
  readonly config: Config;
  readonly servingOf: (request: IncomingMessage) => Serving;
};

type Params = { [name: string]: unknown };

const MOST_OPERATIONS = 100;

/** Why one more operation is not begun. */
const surplus = ({ running }: Link, id: string): GraphQLError | undefined => {
  if (running.size >= MOST_OPERATIONS) {
    return shownError('TOO_MANY_SUBSCRIPTIONS', ERROR_CODES.TOO_MANY_SUBSCRIPTIONS);
  }
  // The end of the old one would be taken for the end of the new one, and nothing would end that.
  return running.has(id)
    ? shownError('BAD_REQUEST', 'The operation that had this id has not ended yet.')
    : undefined;
};

const prepared = (
  { graphql, servingOf }: SocketOptions,
  request: IncomingMessage,
  payload: Parameters<typeof prepare>[2],
): Operation | readonly GraphQLError[] => {
  try {
    const operation = prepare(graphql, servingOf(request), payload);
    return 'errors' in operation ? operation.errors : operation;
  } catch (trouble) {
    return [maskedError(trouble)];
  }
};

const isErrors = (of: Operation | readonly GraphQLError[]): of is readonly GraphQLError[] =>
  Array.isArray(of);

/** The protocol runs what was prepared: it is handed on as the root value. */
const run = ({ rootValue }: ExecutionArgs): Promise<Outcome> => (rootValue as Operation).run();

/** The graphql-transport-ws protocol over links. */
export const protocolOf = (options: SocketOptions): Protocol<Link> =>
  makeServer<Params, Link>({
    onConnect: ({ extra: link, connectionParams }) => {
      // A browser can set no header on a socket, so the first message may carry the token.
      link.isAdmitted =
        isAllowed(link.request.headers.authorization, options.config) ||
        isAllowed(connectionParams?.['authorization'], options.config);
      return link.isAdmitted;
    },
    onSubscribe: ({ extra: link }, id, { query, operationName, variables }) => {
      const refused = surplus(link, id);
      if (refused !== undefined) return [refused];
      const operation = prepared(options, link.request, {
        query,
        ...(operationName ? { operationName } : {}),
        ...(variables ? { variables } : {}),
      });
      if (isErrors(operation)) return operation;
      if (operation.type !== undefined) link.running.add(id);
      return { ...operation.args, rootValue: operation };
    },
    onComplete: ({ extra: link }, id) => {
      link.running.delete(id);
    },
    execute: run,
    subscribe: run,
  });
