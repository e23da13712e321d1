import { z } from 'zod';
import { edtf } from './edtf.ts';
import { grade, line } from './values.ts';

const url = z
  .string()
  .max(2_000)
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), {
    error: 'expected a web address beginning with http:// or https://',
  });

/** Where a statement comes from, and how strong a proof it is. */
export const source = z.strictObject({
  title: line,
  publisher: line.exactOptional(),
  url: url.exactOptional(),
  published: edtf.exactOptional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$/, { error: 'expected a language tag, like en or es-MX' })
    .exactOptional(),
  grade,
  /** Hash of the retrieved copy, in hex. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'expected 64 hex digits' })
    .exactOptional(),
});
export type Source = z.infer<typeof source>;
