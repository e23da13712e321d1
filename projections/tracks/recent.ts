import { isSameView } from '../scenes.ts';
import type { AgreementState } from '../state.ts';
import type { Sight } from './columns.ts';

/** At most so many answers, however few events they are from. */
const MOST = 8;

/** The answers given last, for who asks the same again: so a digest is worked out once. */
export class Recent {
  readonly #answers: { readonly sight: Sight; readonly state: AgreementState }[] = [];
  readonly #size: number;
  #next = 0;

  /** @param size how many; at least one */
  constructor(size: number) {
    this.#size = Math.max(1, Math.min(MOST, Math.floor(size)));
  }

  get(sight: Sight): AgreementState | undefined {
    for (const { sight: other, state } of this.#answers) {
      if (other.day === sight.day && isSameView(other, sight)) return state;
    }
    return undefined;
  }

  /** Takes the place of the oldest. */
  keep(sight: Sight, state: AgreementState): AgreementState {
    this.#answers[this.#next] = { sight, state };
    this.#next = (this.#next + 1) % this.#size;
    return state;
  }
}
