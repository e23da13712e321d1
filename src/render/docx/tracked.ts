import { element } from './xml.ts';

/** Who made a change and when, as a word processor shows it beside the change. */
export type Stamp = {
  readonly author: string;
  /** Instant in UTC; absent: none is shown. */
  readonly date?: string;
};

/** What has become of a stretch of text, a paragraph's end or a row of a table. */
export type Track = {
  readonly op: 'ins' | 'del' | 'moveFrom' | 'moveTo';
  readonly stamp: Stamp;
};

/** Gives every mark of one document a number of its own. */
export type Ids = () => number;

export const countedIds = (): Ids => {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
};

const stamped = ({ author, date }: Stamp, id: number) => ({
  'w:id': id,
  'w:author': author,
  'w:date': date,
});

/** Runs as a tracked change; as they are without a track. @param runs markup; empty for the mark of an end or a row */
export const tracked = (track: Track | undefined, runs: string, ids: Ids): string =>
  track === undefined ? runs : element(`w:${track.op}`, stamped(track.stamp, ids()), runs);

/** The borders of one end of a move; the end of the same name is the other. */
export const moveBorders = (
  { op, stamp }: Track,
  name: string,
  ids: Ids,
): readonly [start: string, end: string] => {
  const id = ids();
  return [
    element(`w:${op}RangeStart`, { ...stamped(stamp, id), 'w:name': name }),
    element(`w:${op}RangeEnd`, { 'w:id': id }),
  ];
};
