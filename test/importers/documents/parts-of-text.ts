import { markedText } from '#importers/documents/marked-text.ts';
import { partsIn } from '#importers/documents/parts-of.ts';

/** The parts of a text that nothing was read before. */
export const partsOf = (text: string) => partsIn(markedText(text));
