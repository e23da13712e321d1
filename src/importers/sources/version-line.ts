import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LeftOut, VersionHead } from '../documents/version-source.ts';
import { momentOf } from './dated.ts';
import { boundedText, MOST_CHARACTERS, type NoText } from './exact-text.ts';
import { commitSource } from './git-versions.ts';
import { oneLine } from './one-line.ts';
import type { PlacedLine } from './placed-lines.ts';

/** A text escaped in JSON takes at most six bytes for each of its characters; the rest of a line is small. */
export const MOST_LINE = 6 * MOST_CHARACTERS + 1_000_000;

const sha = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, { error: 'expected an object id' });

/** A line of a file of versions; whatever else it says is passed over. */
const shape = z
  .object({
    path: z
      .string()
      .min(1)
      .refine((path) => path.isWellFormed(), { error: 'holds half of a surrogate pair' }),
    status: z.enum(['A', 'M', 'D']),
    commit: sha,
    committerEpoch: z.int(),
    subject: z.string().default(''),
    trailers: z.record(z.string(), z.array(z.string())).default({}),
    blobSha: z.union([z.literal(''), sha]),
    text: z.string().optional(),
  })
  .refine(({ status, text, blobSha }) => status === 'D' || (text !== undefined && blobSha !== ''), {
    error: 'a version that was not withdrawn (status D) has a text and a blobSha',
  });
export type VersionLine = z.infer<typeof shape>;

const broken = (number: number, message: string): LeftOut => ({
  path: `line ${number}`,
  code: 'UNREADABLE',
  message: `Line ${number} ${message}`,
});

const parsed = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
};

const isBlank = (bytes: Buffer): boolean =>
  bytes.length < 1_000 && bytes.toString('latin1').trim() === '';

/** What a line says; undefined for a blank one. */
export const versionLine = ({ number, bytes }: PlacedLine): VersionLine | LeftOut | undefined => {
  if (bytes === undefined)
    return { ...broken(number, `is longer than ${MOST_LINE} bytes.`), code: 'TOO_LARGE' };
  if (isBlank(bytes)) return undefined;
  const json = parsed(bytes);
  if (json === undefined) return broken(number, 'is not JSON.');
  const { data, error } = shape.safeParse(json);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
  return broken(number, `is no version${where}: ${issue?.message ?? 'wrong shape'}.`);
};

const noteOf = (trailers: VersionLine['trailers']): string | undefined => {
  const lines = Object.entries(trailers).flatMap(([key, values]) =>
    values.map((value) => `${key}: ${value}`),
  );
  return lines.length === 0 ? undefined : lines.join('\n').toWellFormed();
};

/** The version that a line tells of; `key` finds its text again. */
export const headOf = (
  { path, status, commit, committerEpoch, subject, trailers }: VersionLine,
  { order, key }: { readonly order: number; readonly key: string },
): VersionHead => {
  const title = oneLine(subject);
  const note = noteOf(trailers);
  return {
    path,
    versionId: commit,
    order,
    announcedAt: momentOf(committerEpoch),
    ...(title && { title }),
    sources: [commitSource({ commit, committedAt: committerEpoch }, path)],
    ...(note && { note }),
    ...(status !== 'D' && { content: key }),
  };
};

const blobId = (text: string, like: string): string => {
  const bytes = Buffer.from(text);
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
};

/** The text of a line, if it is what its blobSha says. */
export const textOf = ({ text = '', blobSha }: VersionLine): string | NoText => {
  if (!text.isWellFormed())
    return { code: 'NOT_TEXT', message: 'The text holds half of a surrogate pair.' };
  if (blobId(text, blobSha) !== blobSha)
    return {
      code: 'UNREADABLE',
      message: `The text is not the one that blobSha ${blobSha} names.`,
    };
  return boundedText(text);
};
