import { naturalKey } from '#agreement/natural-key.ts';
import { decode, type StoredText } from '#events/codec.ts';
import { isoInstant } from '#events/instants.ts';

/** The stored payload on one line: as it is, unless somebody stored it on several. */
const onOneLine = (json: string): string =>
  /[\r\n]/.test(json) ? JSON.stringify(JSON.parse(json)) : json;

const subjectOf = (stored: StoredText): string | undefined => {
  const event = decode(stored);
  return event.type === 'Unreadable' ? undefined : naturalKey(event, event.metadata.commandId);
};

/**
 * A stored event of an agreement as a CloudEvent 1.0 in structured mode, one line of JSON without its end. The payload
 * is the stored one, in the version in which it was stored. Positions are text, because an integer of a CloudEvent ends
 * at 2^31.
 */
export const cloudEvent = (agreementId: string, stored: StoredText): string => {
  const { id, type, schemaVersion, revision, position, recordedAt, metadata, data } = stored;
  const attributes = JSON.stringify({
    specversion: '1.0',
    id,
    source: `/agreements/${agreementId}`,
    type: `codicil.${type}`,
    subject: subjectOf(stored),
    time: isoInstant(recordedAt),
    datacontenttype: 'application/json',
    schemaversion: schemaVersion,
    revision,
    position: String(position),
    metadata,
  });
  return `${attributes.slice(0, -1)},"data":${onOneLine(data)}}`;
};
