import { commandField } from './command-field.ts';

commandField(
  'ResolveConflict',
  'Weighs a finding: the changes named no longer raise it, and the winner, if any, prevails.',
);
