import type { LeftOut } from '../documents/version-source.ts';
import { endingOf } from './document-formats.ts';

/** Counts by their endings the files that are no documents of a pile, to tell of them in few words. */
export class OtherFiles {
  readonly #counts = new Map<string, number>();
  readonly #why: string;

  /** `why` goes on after "3 files end in .png: ". */
  constructor(why: string) {
    this.#why = why;
  }

  add(path: string): void {
    const ending = endingOf(path);
    this.#counts.set(ending, (this.#counts.get(ending) ?? 0) + 1);
  }

  *told(): Generator<LeftOut> {
    for (const [ending, count] of this.#counts) {
      const files = count === 1 ? '1 file' : `${count} files`;
      const have = ending === '' ? 'without an ending' : `ending in ${ending}`;
      yield {
        path: `*${ending}`,
        code: 'UNKNOWN_FORMAT',
        message: `${files} ${have}: ${this.#why}`,
      };
    }
  }
}
