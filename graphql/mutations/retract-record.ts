import { commandField } from './command-field.ts';

commandField(
  'RetractRecord',
  'We should not have recorded it; of a retraction: gives back what it took.',
);
