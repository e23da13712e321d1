import { type AskedChange, askedChange, type ChangeInput, VERBS } from '#events/verbs.ts';
import type { DecidedChange } from './natural-key.ts';

type Named = { readonly [field: string]: unknown };

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

const first = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined);

const field = (of: unknown, name: string): string | undefined =>
  typeof of === 'object' && of !== null ? text((of as Named)[name]) : undefined;

/** The first term that a change names: its own, what it takes away, what it brings, what it lists. */
const firstTerm = (data: Named): string | undefined =>
  text(data['termId']) ??
  text(first(data['from'])) ??
  field(first(data['to']), 'termId') ??
  text(first(data['terms'])) ??
  field(first(data['terms']), 'termId') ??
  field(first(data['mapping']), 'from') ??
  text(first(data['survives']));

const firstId = (data: Named): string | undefined =>
  firstTerm(data) ??
  text(data['consentId']) ??
  text(data['overlayId']) ??
  text(data['conditionId']) ??
  text(data['partyId']) ??
  text(data['target']);

/** `<instrumentId>/<verb>:<first id it names>`; without the colon where it names none. */
export const defaultChangeId = (instrumentId: string, { verb, data }: AskedChange): string => {
  const id = firstId(data);
  return `${instrumentId}/${verb}${id === undefined ? '' : `:${id}`}`;
};

/** The change that an asked one becomes under this id. */
export const asChange = (
  asked: AskedChange,
  changeId: string,
  instrumentId: string,
): DecidedChange => {
  const { changeId: _, ...data } = asked.data;
  // Verb and payload belong together in AskedChange; the table of verbs names the event of each.
  return {
    type: VERBS[asked.verb],
    data: { changeId, instrumentId, ...data },
  } as unknown as DecidedChange;
};

/**
 * The changes of an instrument in order, each with its id: its own, or the default one, which is followed by
 * `/2`, `/3` where it is taken already inside the instrument.
 */
export const asChanges = (
  inputs: readonly ChangeInput[],
  instrumentId: string,
): readonly DecidedChange[] => {
  const asked = inputs.map(askedChange);
  const taken = new Set<string>(asked.flatMap(({ data }) => data.changeId ?? []));
  const next = new Map<string, number>();
  return asked.map((change) => {
    if (change.data.changeId !== undefined) {
      return asChange(change, change.data.changeId, instrumentId);
    }
    const wanted = defaultChangeId(instrumentId, change);
    let free = wanted;
    let n = next.get(wanted) ?? 2;
    while (taken.has(free)) free = `${wanted}/${n++}`;
    next.set(wanted, n);
    taken.add(free);
    return asChange(change, free, instrumentId);
  });
};

/** The one verb of a change in command form. */
export const verbOf = (input: ChangeInput): string => Object.keys(input)[0] ?? '';
