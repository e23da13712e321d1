/** A line of a file: its bytes without the end of line, where they begin, and its number from 1. */
export type PlacedLine = {
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  /** Undefined when the line is longer than what was allowed; it was not held in memory then. */
  readonly bytes?: Buffer;
};

const NEW_LINE = 0x0a;

/** Collects a line out of pieces of chunks, up to so many bytes. */
class OpenLine {
  #pieces: Buffer[] = [];
  #length = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(piece: Buffer): void {
    this.#length += piece.length;
    if (this.#length > this.#most) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  /** The line so far; the next one begins. */
  close(number: number, offset: number): PlacedLine {
    const [length, pieces] = [this.#length, this.#pieces];
    this.#length = 0;
    this.#pieces = [];
    const placed = { number, offset, length };
    return length > this.#most ? placed : { ...placed, bytes: Buffer.concat(pieces) };
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }
}

/** The lines of a stream of bytes, each of at most so many bytes; a last one without an end of line counts. */
export async function* placedLines(
  stream: AsyncIterable<Buffer>,
  most: number,
): AsyncGenerator<PlacedLine> {
  const open = new OpenLine(most);
  let number = 0;
  let offset = 0;
  const close = (): PlacedLine => {
    number += 1;
    const line = open.close(number, offset);
    offset += line.length + 1;
    return line;
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, from)) {
      open.add(chunk.subarray(from, end));
      yield close();
      from = end + 1;
    }
    if (from < chunk.length) open.add(chunk.subarray(from));
  }
  if (!open.isEmpty) yield close();
}
