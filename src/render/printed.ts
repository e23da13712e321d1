/** What a document comes out as: text, or the bytes of a file. */
export type Printed = string | Uint8Array;

/** As a text: bytes in base64. */
export const inText = (printed: Printed): string =>
  typeof printed === 'string' ? printed : Buffer.from(printed).toString('base64');
