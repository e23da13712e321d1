import { factKey } from '#events/facts.ts';
import type { TermValues } from '#events/terms.ts';
import type { Dated } from './dates.ts';
import type { Content } from './terms.ts';
import { fieldsOf } from './terms.ts';

/** Text that is equal for equal values; absent and cleared fields are the same. */
export const fieldKey = (values: Partial<TermValues> | Content, field: string): string => {
  if (field.startsWith('facts.')) {
    const fact = values.facts?.[field.slice('facts.'.length)];
    return fact === undefined || fact === null ? '' : factKey(fact);
  }
  const value = values[field as 'kind' | 'heading' | 'number' | 'prose' | 'after'];
  return value === undefined || value === null ? '' : JSON.stringify(value);
};

/** Whether something else stands there than was expected. */
export const drifts = (expects: TermValues, beneath: Content): boolean =>
  fieldsOf(expects).some((field) => fieldKey(expects, field) !== fieldKey(beneath, field));

/** What one applied change said of one owner (a term, or the agreement itself). */
export type Touch = {
  readonly dated: Dated;
  /** Sets every field, those it does not name to nothing. */
  readonly whole: boolean;
  readonly says: ReadonlyMap<string, string>;
};

/** Whether the term is there counts as a field of its own. */
export const PRESENCE = 'presence';

type Says = Touch['says'];
type Values = Partial<TermValues> | Content;

const keys = (values: Values) =>
  fieldsOf(values).map((field) => [field, fieldKey(values, field)] as const);

/** What values say does not change, whoever asks. */
const remembered = (make: (values: Values) => Says): ((values: Values) => Says) => {
  const made = new WeakMap<Values, Says>();
  return (values) => {
    const said = made.get(values) ?? make(values);
    made.set(values, said);
    return said;
  };
};

const saidInPart = remembered((values) => new Map(keys(values)));
const saidAsWhole = remembered((values) => new Map([...keys(values), [PRESENCE, 'in']]));

export const wholeTouch = (dated: Dated, content: Content): Touch => ({
  dated,
  whole: true,
  says: saidAsWhole(content),
});

export const partTouch = (dated: Dated, values: TermValues): Touch => ({
  dated,
  whole: false,
  says: saidInPart(values),
});

export const outTouch = (dated: Dated): Touch => ({
  dated,
  whole: false,
  says: new Map([[PRESENCE, 'out']]),
});

/** What a touch says of some fields alone. */
export const narrowed = (touch: Touch, fields: ReadonlySet<string>): Touch => {
  const some = [...fields].flatMap((field): [string, string][] => {
    const value = says(touch, field);
    return value === undefined ? [] : [[field, value]];
  });
  return { dated: touch.dated, whole: false, says: new Map(some) };
};

/** What a touch says of a field; undefined when it says nothing of it. */
export const says = (touch: Touch, field: string): string | undefined =>
  touch.says.get(field) ?? (touch.whole ? '' : undefined);
