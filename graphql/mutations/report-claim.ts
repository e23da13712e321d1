import { commandField } from './command-field.ts';

commandField(
  'ReportClaim',
  'Records that somebody says a change is coming, was made, or was not; a further stage is reported the same way.',
);
