import type { Unreadable } from '#events/codec.ts';
import type { Recorded } from '#events/event.ts';
import { isoInstant } from '#events/instants.ts';
import { currentVersion } from '#events/upcast.ts';

const NAMES = ['changeId', 'instrumentId', 'claimId', 'target', 'tag', 'code', 'agreementId'];

/** The name that says best what an event is about: its change, instrument, claim, target or tag. */
const subjectOf = (event: Recorded): string => {
  const data: { readonly [name: string]: unknown } = event.data;
  const name = NAMES.find((each) => typeof data[each] === 'string');
  return name === undefined ? '' : String(data[name]);
};

/** What happened and to what, in two columns; of an unreadable event why it can't be read. */
export const eventText = (event: Recorded | Unreadable): readonly [type: string, about: string] =>
  event.type === 'Unreadable' ? [event.storedType, event.reason] : [event.type, subjectOf(event)];

/** An event as one JSON object, the form that `codicil answer --events` reads. */
export const envelopeOf = (event: Recorded | Unreadable): object => {
  const recordedAt = isoInstant(event.recordedAt);
  if (event.type === 'Unreadable') return { ...event, recordedAt };
  const { id, type, data, metadata, stream, revision, position } = event;
  const schemaVersion = currentVersion(type);
  return { id, type, schemaVersion, data, metadata, stream, revision, position, recordedAt };
};
