import { parse, v5 } from 'uuid';
import type { EventId } from '#events/values.ts';

/** Namespace of all event ids (RFC 9562 §5.5). Never to be changed: ids made from it lie in logs. */
const NAMESPACE = parse('8d8bfcb0-f637-4f09-b05c-414265165121');

/** The id of an event: always the same for the same natural key of the same agreement. */
export const eventIdOf = (agreementId: string, naturalKey: string) =>
  v5(Buffer.from(`${agreementId}\n${naturalKey}`), NAMESPACE) as EventId;
