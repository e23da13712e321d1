import { commandField } from './command-field.ts';

commandField('ResolveClaim', 'Records what became of a claim, and which changes settled it.');
