import type { Part } from './part.ts';

/** Two numbers of 32 bits that texts seldom share. Source: P. L'Ecuyer's multipliers over FNV's scheme. */
const hash = (text: string): string => {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
  }
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
};

/** What a part that is gone is known again by: its text, and its heading with number and kind where it has one. */
export const traces = ({ kind, heading, number, text }: Part): readonly string[] => [
  `text ${text.length} ${hash(text)}`,
  ...(heading === undefined ? [] : [`heading ${kind} ${number ?? ''} ${heading}`]),
];
