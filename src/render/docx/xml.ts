import { htmlText } from '../html-text.ts';

type Attributes = { readonly [name: string]: string | number | undefined };

/**
 * A text as it may stand in XML: what HTML may not hold XML may not either, and the entities are the same five. The
 * line separator is an ordinary character, but parsers that know XML 1.1 turn a bare one into a line feed.
 */
export const xmlText = (text: string): string => htmlText(text).replaceAll('\u2028', '&#x2028;');

const attribute = ([name, value]: readonly [string, string | number | undefined]): string =>
  value === undefined ? '' : ` ${name}="${xmlText(String(value))}"`;

/** An element; attributes without a value are left out. @param content markup */
export const element = (
  name: string,
  attributes: Attributes = {},
  ...content: readonly string[]
): string => {
  const open = `${name}${Object.entries(attributes).map(attribute).join('')}`;
  const inner = content.join('');
  return inner === '' ? `<${open}/>` : `<${open}>${inner}</${name}>`;
};

/** An element that has a value and nothing else, as most properties in WordprocessingML have. */
export const valued = (name: string, value: string): string => element(name, { 'w:val': value });
