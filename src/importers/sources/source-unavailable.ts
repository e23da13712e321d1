/** Thrown where a pile as a whole can't be read; the message says what it is and what to do. */
export class SourceUnavailable extends Error {
  override readonly name = 'SourceUnavailable';
}
