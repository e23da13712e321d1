/**
 * A text as it may stand in HTML, in an element or in a quoted attribute: markup, control characters and lone
 * surrogates come out as visible characters, and every line break as a line feed.
 */
const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** U+0000–U+001F have pictures of their own from U+2400 on; other characters that no document may hold get U+FFFD. */
const pictured = (character: string): string => {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD';
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFDD0-\uFDEF\uFFFE\uFFFF]/g;

/** The text without what neither HTML nor XML may hold; the same where there is nothing of the kind. */
export const visible = (text: string): string => text.toWellFormed().replace(FORBIDDEN, pictured);

export const htmlText = (text: string): string =>
  visible(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
