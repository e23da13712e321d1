import { v5 } from 'uuid';
import type { Command } from '#agreement/commands.ts';
import { canonical } from '#agreement/differences.ts';

/** Namespace of the ids of commands read from files (RFC 9562 §5.5). Never to be changed. */
const NAMESPACE = '0c0dfc0e-8c0a-4a53-9d4c-6c1f3c5b7a10';

/**
 * The id of a command that stands in a file: the same for the same content, so that the same file recorded by two
 * processes at once is recorded once. `again` sets a command apart that was given before and is meant anew.
 */
export const fileCommandId = (command: Command, again = ''): string =>
  v5(canonical([command, again]), NAMESPACE);
