import { commandField } from './command-field.ts';

commandField(
  'RecordAgreement',
  'Begins the record of an agreement: its title, time zone and parties at the outset.',
);
