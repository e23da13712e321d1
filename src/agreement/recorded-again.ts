import type { DataOf, Decided } from '#events/event.ts';
import { accepted, type Decision, rejected, unless } from './decision.ts';
import { type Difference, differences, summary } from './differences.ts';
import {
  type Details,
  type Path,
  type Rejection,
  type RejectionCode,
  rejection,
} from './rejections.ts';
import { content, type Entry, isAway, retractionOf } from './rule-state.ts';

/** An event as a command would have it, and where it stands in the command. */
export type Item = { readonly key: string; readonly event: Decided; readonly path: Path };

/** How a wished event differs from the recorded one, and what would make the record say it. */
export type Comparison = {
  readonly differences: readonly Difference[];
  readonly amends: readonly Decided[];
};

const correctionOf = (entry: Entry, event: Decided, reason: string): Decided => ({
  type: 'RecordCorrected',
  data: { target: entry.event.id, data: payload(event), reason },
});

/** The payload as the open record that a correction carries. */
const payload = ({ data }: Decided): DataOf<'RecordCorrected'>['data'] => ({ ...data });

/** Every retraction that keeps the event away, retracted. */
const givenBack = (entry: Entry, reason: string): readonly Decided[] =>
  entry.operations
    .filter((operation) => operation.event.type === 'RecordRetracted' && !isAway(operation))
    .map((operation) => ({
      type: 'RecordRetracted',
      data: { target: operation.event.id, reason },
    }));

/** Compares a wished event with its entry, which may be missing or retracted. */
export const compared = (entry: Entry | undefined, item: Item, reason: string): Comparison => {
  const { key: of, event, path } = item;
  if (entry === undefined) {
    return { differences: [{ of, field: '', given: event.data, path }], amends: [event] };
  }
  const recorded = content(entry).data;
  const fields = differences({ recorded, given: event.data }, { of, field: '', path });
  const corrections = fields.length > 0 ? [correctionOf(entry, event, reason)] : [];
  if (!isAway(entry)) return { differences: fields, amends: corrections };
  return {
    differences: [{ of, field: '', given: event.data, path }],
    amends: [...givenBack(entry, reason), ...corrections],
  };
};

type Codes = { readonly differs: RejectionCode; readonly retracted: RejectionCode };

type Again = {
  readonly entry: Entry;
  readonly item: Item;
  readonly codes: Codes;
  readonly details: Details;
  readonly correct: string | undefined;
  /** What speaks against the corrected event. */
  readonly check: () => readonly Rejection[];
};

/** Recording something of one event again: nothing new, a difference, or its correction. */
export const recordedAgain = ({ entry, item, codes, details, ...rest }: Again): Decision => {
  const retraction = retractionOf(entry);
  if (retraction !== undefined) {
    const by = { ...details, retraction: retraction.event.id };
    return rejected(rejection(codes.retracted, item.path, by));
  }
  const comparison = compared(entry, item, rest.correct ?? '');
  if (comparison.differences.length === 0) return accepted();
  if (rest.correct === undefined) {
    return rejected(differing(codes.differs, item.path, details, comparison.differences));
  }
  return unless(rest.check(), comparison.amends);
};

/** A rejection that lists what differs: in words in its message, as data in `details.differences`. */
export const differing = (
  code: RejectionCode,
  path: Path,
  details: Details,
  all: readonly Difference[],
): Rejection => rejection(code, path, { ...details, summary: summary(all), differences: all });
