import type { DayNumber } from '#events/days.ts';
import { Kept } from '../fold/kept.ts';
import { isSameView, type View } from '../scenes.ts';
import type { AgreementState } from '../state.ts';

/** Answers from more events are not kept: few would crowd out everything else that is. */
const HEAVIEST = 15_000;
/** Views that are remembered. */
const VIEWS = 8;

type Seen = { readonly view: View; answers?: Kept<AgreementState> };

/**
 * Answers given before, for who asks the same again: so a digest is worked out once for a stretch of days. They are
 * kept for views that are asked for again; most others come once.
 */
export class Recent {
  readonly #weight: number;
  readonly #seen: Seen[] = [];
  #next = 0;

  /** @param weight how many events an answer is from */
  constructor(weight: number) {
    this.#weight = weight;
  }

  /** What was answered in a view from a day on, or what `make` gives. */
  get(view: View, from: () => DayNumber, make: () => AgreementState): AgreementState {
    const known = this.#seen.find((one) => isSameView(one.view, view));
    if (known !== undefined && this.#weight <= HEAVIEST) {
      known.answers ??= new Kept<AgreementState>(this.#weight);
      return known.answers.get(from(), make);
    }
    if (known === undefined) this.#remember(view);
    return make();
  }

  /** In the place of the oldest. */
  #remember(view: View): void {
    this.#seen[this.#next] = { view };
    this.#next = (this.#next + 1) % VIEWS;
  }
}
