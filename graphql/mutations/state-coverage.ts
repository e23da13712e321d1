import { commandField } from './command-field.ts';

commandField('StateCoverage', 'States how far our own observation of the agreement reaches.');
