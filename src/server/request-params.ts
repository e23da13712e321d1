import { badRequest } from '#graphql/errors.ts';

/** A GraphQL request as the specification of GraphQL over HTTP names its parts. */
export type RequestParams = {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: { readonly [name: string]: unknown };
};

type Raw = { readonly [name: string]: unknown };

export const isObject = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refuse = (message: string) => badRequest('BAD_REQUEST', message);

const optional = <T>(value: unknown, is: (value: unknown) => value is T, what: string) => {
  if (value === undefined || value === null) return undefined;
  if (is(value)) return value;
  throw refuse(what);
};

const isText = (value: unknown): value is string => typeof value === 'string';

const NAMES: ReadonlySet<string> = new Set(['query', 'operationName', 'variables', 'extensions']);

/**
 * The parts of a request from a parsed JSON body. Batches are not served.
 * @throws BAD_REQUEST that names the part at fault.
 */
export const paramsOfBody = (body: unknown): RequestParams => {
  if (Array.isArray(body)) throw refuse('Send one operation a request; batches are not served.');
  if (!isObject(body)) throw refuse('The body is a JSON object with a query.');
  const unknown = Object.keys(body).find((name) => !NAMES.has(name));
  if (unknown !== undefined)
    throw refuse('The body has query, operationName, variables, extensions.');
  const query = optional(body['query'], isText, 'query is a text.');
  if (query === undefined) throw refuse('query is missing.');
  optional(body['extensions'], isObject, 'extensions is an object.');
  const operationName = optional(body['operationName'], isText, 'operationName is a text.');
  const variables = optional(body['variables'], isObject, 'variables is an object.');
  return {
    query,
    ...(operationName === undefined ? {} : { operationName }),
    ...(variables === undefined ? {} : { variables }),
  };
};

const json = (text: unknown, name: string): unknown => {
  if (!isText(text) || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(`${name} is JSON.`);
  }
};

const filled = (text: unknown): unknown => (text === '' ? undefined : text);

/** The same from a query string, where variables and extensions are JSON. @throws BAD_REQUEST */
export const paramsOfQuery = (search: unknown): RequestParams => {
  const { query, operationName, variables, extensions } = isObject(search) ? search : {};
  return paramsOfBody({
    query: filled(query),
    operationName: filled(operationName),
    variables: json(variables, 'variables'),
    extensions: json(extensions, 'extensions'),
  });
};
