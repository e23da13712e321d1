import { commandField } from './command-field.ts';

commandField('AssessClaim', 'Records that a claim was corroborated, denied or withdrawn.');
