import { QuestionError } from './errors.ts';

/**
 * A place in the feed: behind the event at `position` and behind every notice due before `due`, and of those
 * due at that very moment behind the one called `key`.
 */
export type Cursor = {
  readonly position: number;
  /** Epoch milliseconds. */
  readonly due: number;
  /** `<agreement> <changeId>`; empty: before all notices of that moment. */
  readonly key: string;
};

export const BEGINNING: Cursor = { position: 0, due: 0, key: '' };

/** Opaque text; what it holds may change. */
export const writeCursor = ({ position, due, key }: Cursor): string =>
  Buffer.from(JSON.stringify([1, position, due, key])).toString('base64url');

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

/** @throws {QuestionError} BAD_CURSOR */
export const readCursor = (text: string): Cursor => {
  const value = parsed(text);
  if (!Array.isArray(value) || value.length !== 4 || value[0] !== 1) throw bad();
  const [, position, due, key] = value;
  if (typeof key !== 'string') throw bad();
  return { position: place(position), due: place(due), key };
};
