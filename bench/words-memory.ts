/**
 * A process of its own for one comparison: `node words-memory.ts NAME WORDS [diff]` prints how much memory it had at most,
 * in KiB; without `diff` it only makes the two texts.
 */
import { diffTexts } from '#projections/diff/texts.ts';
import { HARD } from './word-texts.ts';

const [name = '', words = '', diff] = process.argv.slice(2);
const [before, after] = HARD[name]?.(Number(words)) ?? ['', ''];
if (diff !== undefined) diffTexts(before, after, 'WORDS');
process.stdout.write(`${process.resourceUsage().maxRSS}`);
