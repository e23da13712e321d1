import { commandField } from './command-field.ts';

commandField(
  'RecordInstrument',
  'Records one paper with all that it changes, in one append: all of it or nothing. Recorded again it adds only what is new.',
);
