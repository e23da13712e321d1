import type { FindingCode } from '#events/record.ts';
import type { ChangeId, TermId } from '#events/values.ts';

/** One cause to report something. */
export type Raw = {
  readonly code: FindingCode;
  readonly changes: readonly ChangeId[];
  readonly terms: readonly TermId[];
  /** Absent: what the code says of its changes. */
  readonly message?: string;
};
