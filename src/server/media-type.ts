/** How an answer can be written. */
export type MediaType =
  | 'application/graphql-response+json'
  | 'application/json'
  | 'text/event-stream';

const JSON_TYPES = ['application/json', 'application/graphql-response+json'] as const;
const STREAM = ['text/event-stream'] as const;

type Wish = { readonly type: string; readonly quality: number };

const wish = (part: string): Wish => {
  const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
};

const matches = (wanted: string, type: string): boolean =>
  wanted === '*/*' || wanted === type || wanted === `${type.split('/')[0]}/*`;

/**
 * The media type that the reader likes best (RFC 9110 §12.5.1, without the ranks of specificity): JSON for one
 * answer unless a stream of events is wished for first, a stream of events for a subscription. Undefined when
 * none will do.
 */
export const mediaType = (
  accept: string | undefined,
  subscription: boolean,
): MediaType | undefined => {
  const ours: readonly MediaType[] = subscription ? STREAM : [...JSON_TYPES, ...STREAM];
  if (accept === undefined || accept.trim() === '') return ours[0];
  const plain = ours.find((one) => one === accept);
  if (plain !== undefined) return plain;
  const wishes = accept
    .split(',')
    .map(wish)
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { type } of wishes) {
    const found = ours.find((one) => matches(type, one));
    if (found !== undefined) return found;
  }
  return undefined;
};
