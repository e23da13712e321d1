import { v5 } from 'uuid';
import { parseCommand } from '#agreement/commands.ts';
import type { Given } from '#app/record-many.ts';
import type { ChangeInput } from '#events/verbs.ts';
import type { Placed } from './timeline.ts';

/** Namespace of the ids of commands that record versions of documents (RFC 9562 §5.5). Never to be changed. */
const NAMESPACE = '5a0b8a2e-54c3-4a0e-9a0e-6f2c3d0b7f21';

/** What a version comes to in its agreement. */
export type VersionChanges = {
  readonly agreement: string;
  readonly placed: Placed;
  readonly changes: readonly ChangeInput[];
  /** The instrument that it becomes. */
  readonly instrumentId: string;
};

const WITHDRAWN = 'DOCUMENT_WITHDRAWN';
const RECORDED_ANEW = 'A version of an earlier date came to light: recorded anew behind it.';
const WHY_IDLE = {
  SUPERSEDED: 'Superseded in its source before its date: it never held.',
  UNDATED: 'Its date is not known: it is on record, and changes nothing.',
} as const;

const titleOf = ({ head }: Placed): string => {
  if (head.title !== undefined) return head.title;
  const what = head.content === undefined ? 'Withdrawn' : 'Version';
  return `${what} ${head.announcedAt === 'unknown' ? head.versionId : `of ${head.announcedAt}`}`;
};

const noteOf = ({ head, idle }: Placed): string | undefined => {
  const notes = [head.note, idle && WHY_IDLE[idle]].filter((note) => note !== undefined);
  return notes.length === 0 ? undefined : notes.join('\n\n');
};

const instrumentOf = (placed: Placed, id: string) => {
  const { head, effectiveFrom } = placed;
  const note = noteOf(placed);
  return {
    id,
    kind: head.content === undefined ? WITHDRAWN : 'DOCUMENT_VERSION',
    title: titleOf(placed),
    announcedAt: head.announcedAt,
    effectiveFrom,
    sources: [...head.sources],
    sourceOrder: head.order,
    ...(note !== undefined && { note }),
  };
};

/** The command that records a version; its id is the same whenever the same version is imported. */
export const versionCommand = ({
  agreement,
  placed,
  changes,
  instrumentId,
}: VersionChanges): Given => ({
  command: parseCommand('RecordInstrument', {
    agreement,
    instrument: instrumentOf(placed, instrumentId),
    changes: [...changes],
  }),
  commandId: v5(`${agreement}\n${instrumentId}`, NAMESPACE),
});

/** The command that takes an event of a version back. @param target the event's id */
export const takenBack = (agreement: string, target: string): Given => ({
  command: parseCommand('RetractRecord', { agreement, target, reason: RECORDED_ANEW }),
  commandId: v5(`${agreement}\nback\n${target}`, NAMESPACE),
});
