/** Colours and weights as we set them; not those that hide text. */
const OWN = String.raw`\u001B\[(?:[1-4]|7|9|2[1-9]|3\d|9\d)m`;
/** What moves the cursor, rings, begins a sequence, or overwrites the line; not tabs and line ends. */
const CONTROLS = String.raw`\r(?!\n)|[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]`;

const painted = new RegExp(`(${OWN})|${CONTROLS}`, 'g');
const plain = new RegExp(CONTROLS, 'g');

/** U+0000–U+001F have pictures of their own from U+2400 on; the others are escaped as JSON does it. */
const pictured = (character: string): string => {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return `\\u${code.toString(16).padStart(4, '0')}`;
};

/**
 * A text as it may go to a terminal: what people wrote into an agreement can not take the screen over. Control
 * characters come out visible.
 * @param isPainted whether colours of ours stand in it
 */
export const forScreen = (text: string, isPainted = false): string =>
  isPainted
    ? text.replace(painted, (found, own?: string) => own ?? pictured(found))
    : text.replace(plain, pictured);
