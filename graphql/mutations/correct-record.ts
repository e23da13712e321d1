import { commandField } from './command-field.ts';

commandField(
  'CorrectRecord',
  'We had recorded it wrongly: data is the whole payload of the target as it should have been.',
);
