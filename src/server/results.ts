import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { tooLong } from '#graphql/answer-size.ts';
import type { MediaType } from './media-type.ts';

type Http = { readonly status?: number; readonly spec?: boolean };

const httpOf = (error: GraphQLError): Http => {
  const http = error.extensions?.['http'];
  return typeof http === 'object' && http !== null ? http : {};
};

const formatted = (error: GraphQLError): GraphQLFormattedError => {
  const { extensions, ...rest } = error.toJSON();
  const { http: _, unexpected: __, ...shown } = extensions ?? {};
  return { ...rest, extensions: shown };
};

const textOf = (result: ExecutionResult): string => {
  const { errors, ...rest } = result;
  if (errors === undefined) return JSON.stringify(result);
  // Errors come first (§7.1 of the GraphQL specification): a reader sees at once that something is missing.
  return JSON.stringify({ errors: errors.map(formatted), ...rest });
};

/** An answer as JSON text; what errors carry for the server alone is left out. */
export const resultText = (result: ExecutionResult): string => {
  try {
    return textOf(result);
  } catch (trouble) {
    // A text has an end: what is longer V8 refuses.
    if (!(trouble instanceof RangeError)) throw trouble;
    return textOf({ errors: [tooLong()] });
  }
};

const frames = new WeakMap<ExecutionResult, Buffer>();

/** An answer as one server-sent event; many subscribers may get the same answer, which is written out once. */
export const nextFrame = (result: ExecutionResult): Buffer => {
  const known = frames.get(result);
  if (known !== undefined) return known;
  const frame = Buffer.from(`event: next\ndata: ${resultText(result)}\n\n`);
  frames.set(result, frame);
  return frame;
};

const isUnexpected = (error: GraphQLError): boolean => error.extensions?.['unexpected'] === true;

/**
 * HTTP status of an answer, as GraphQL over HTTP has it: 200 with application/json even for a document that
 * does not fit, 4xx or 5xx with application/graphql-response+json where nothing was executed. A request that
 * was refused by our own limits is 4xx either way.
 */
export const statusOf = ({ data, errors = [] }: ExecutionResult, media: MediaType): number => {
  if (errors.length === 0) return 200;
  const strict = media === 'application/graphql-response+json';
  const demanded = errors
    .map(httpOf)
    .filter(({ spec }) => strict || spec !== true)
    .flatMap(({ status }) => status ?? []);
  if (demanded.length > 0) return Math.max(...demanded);
  if (!strict || data !== undefined) return 200;
  return errors.some(isUnexpected) ? 500 : 400;
};
