import { QuestionError } from './errors.ts';

/**
 * A place in the feed: behind the event at `position`, behind the notices that it gave cause to up to the one called
 * `told`, behind every notice due before `due`, and of those due at that very moment behind the one called `key`.
 */
export type Cursor = {
  readonly position: number;
  /** Epoch milliseconds. */
  readonly due: number;
  /** `<agreement> <changeId> <kind>`; empty: before all notices of that moment. */
  readonly key: string;
  /** A key as well; empty: before all that the event gave cause to. */
  readonly told: string;
};

/** Behind all keys: they are made of letters, digits and what comes before these. */
export const ALL_TOLD = '~';

export const BEGINNING: Cursor = { position: 0, due: 0, key: '', told: ALL_TOLD };

/** Opaque text; what it holds may change. */
export const writeCursor = ({ position, due, key, told }: Cursor): string =>
  Buffer.from(JSON.stringify([2, position, due, key, told])).toString('base64url');

const bad = (): QuestionError =>
  new QuestionError(
    'BAD_CURSOR',
    'The cursor is none that this feed gave; hand back the last one received, or none to begin anew.',
  );

const place = (value: unknown): number => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw bad();
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw bad();
  }
};

/** Cursors of version 1 knew no notices that an event gives cause to. @throws {QuestionError} BAD_CURSOR */
export const readCursor = (text: string): Cursor => {
  const value = parsed(text);
  if (!Array.isArray(value) || value.length !== value[0] + 3) throw bad();
  const [version, position, due, key, told = ALL_TOLD] = value;
  const known = version === 1 || version === 2;
  if (!known || typeof key !== 'string' || typeof told !== 'string') throw bad();
  return { position: place(position), due: place(due), key, told };
};
