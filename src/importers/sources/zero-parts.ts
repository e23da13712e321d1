const NOTHING = Buffer.alloc(0);

/** The parts of a stream of bytes that end with NUL each, and what is left at its end if that is anything. */
export async function* zeroParts(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let open: Buffer[] = [];
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      const last = chunk.subarray(from, end);
      yield open.length === 0 ? last : Buffer.concat([...open, last]);
      open = [];
      from = end + 1;
    }
    if (from < chunk.length) open.push(chunk.subarray(from));
  }
  const rest = open.length === 0 ? NOTHING : Buffer.concat(open);
  if (rest.length > 0) yield rest;
}
