import { commandField } from './command-field.ts';

commandField('TagPoint', 'Gives a name to a point on both axes.');
