import type { Source } from '#events/source.ts';
import type { ChangeId } from '#events/values.ts';
import type { ChangeView } from '#projections/change-view.ts';

/** Changes by id, as far as they are known where they were found. */
export type Causes = ReadonlyMap<ChangeId, ChangeView>;

/** A change behind something; no `view`: it is not on record at the point asked about. */
export type Cause = { readonly changeId: ChangeId; readonly view?: ChangeView };

/** The changes behind something, in order. */
export const causesIn = (causes: Causes, ids: readonly ChangeId[]): readonly Cause[] =>
  ids.map((changeId) => {
    const view = causes.get(changeId);
    return { changeId, ...(view && { view }) };
  });

/** `“First amendment”, executed 2025-01-21`, or the change's id where its instrument is not on record. */
export const causeText = ({ changeId, view }: Cause): string => {
  const instrument = view?.instrument;
  if (instrument === undefined) return changeId;
  const { title, executedAt, announcedAt } = instrument;
  const announced = announcedAt === undefined ? '' : `, announced ${announcedAt}`;
  return `“${title}”${executedAt === undefined ? announced : `, executed ${executedAt}`}`;
};

/** `Microsoft, “Microsoft and OpenAI evolve partnership”, 2025-01-21, PARTY_STATEMENT`; without its address. */
export const sourceText = ({ title, publisher, published, grade }: Source): string =>
  [publisher, `“${title}”`, published, grade].filter((part) => part !== undefined).join(', ');

/** Causes of one entry, each said once however many changes its instrument made. */
export const saidOnce = (causes: readonly Cause[]): readonly Cause[] => [
  ...new Map(causes.map((cause) => [causeText(cause), cause])).values(),
];
