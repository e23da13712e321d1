import { z } from 'zod';
import { effectiveStart } from './change.ts';
import { edtf } from './edtf.ts';
import { edtfOrInstant } from './instants.ts';
import { source } from './source.ts';
import { instrumentId, kind, line, prose } from './values.ts';

/** The paper or act that makes or evidences changes; its dates stand for changes that state none. */
export const instrumentRecorded = z.strictObject({
  instrumentId,
  /** ORIGINAL, AMENDMENT, RESTATEMENT, SIDE_LETTER, WAIVER, CONSENT, MOU, NOTICE, COURT_ORDER, … */
  kind,
  title: line,
  executedAt: edtf.exactOptional(),
  announcedAt: edtfOrInstant.exactOptional(),
  effectiveFrom: effectiveStart.exactOptional(),
  sources: z.array(source).max(100),
  /** Of a document's versions: place in their source's own order, from 1, whatever their dates say. */
  sourceOrder: z.int().min(1).exactOptional(),
  note: prose.exactOptional(),
});
