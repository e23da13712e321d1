import type { DayNumber } from '#events/days.ts';
import { Kept } from '../fold/kept.ts';
import { isSameView, type View } from '../scenes.ts';
import type { AgreementState } from '../state.ts';

/** Views whose answers are kept. */
const VIEWS = 8;

type Seen = { readonly view: View; readonly answers: Kept<AgreementState> };

/** Answers given before, for who asks the same again: so a digest is worked out once for a stretch of days. */
export class Recent {
  readonly #weight: number;
  readonly #seen: Seen[] = [];
  #next = 0;

  /** @param weight how many events an answer is from */
  constructor(weight: number) {
    this.#weight = weight;
  }

  /** What was answered in a view from a day on, or what `make` gives, kept from now on. */
  get(view: View, from: DayNumber, make: () => AgreementState): AgreementState {
    return this.#of(view).answers.get(from, make);
  }

  #of(view: View): Seen {
    const known = this.#seen.find((one) => isSameView(one.view, view));
    if (known !== undefined) return known;
    const fresh = { view, answers: new Kept<AgreementState>(this.#weight) };
    // Takes the place of the oldest.
    this.#seen[this.#next] = fresh;
    this.#next = (this.#next + 1) % VIEWS;
    return fresh;
  }
}
