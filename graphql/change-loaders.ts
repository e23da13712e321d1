import DataLoader from 'dataloader';
import type { Basis, Views } from '#app/app.ts';
import type { ChangeId } from '#events/values.ts';
import type { ChangeView } from '#projections/change-view.ts';
import { basisQuestion } from './basis-question.ts';

/** Where an answer stands, so that what it names can be looked up at the same point. */
export type Anchor = { readonly agreementId: string; readonly basis: Basis };

type Loader = DataLoader<ChangeId, ChangeView | undefined>;

const MOST_IDS = 5_000;

/** Looks changes up by id: one question per agreement and basis, however many places of a query ask. */
export class ChangeLoaders {
  readonly #views: Views;
  readonly #loaders = new Map<string, Loader>();

  constructor(views: Views) {
    this.#views = views;
  }

  async load(at: Anchor, ids: readonly ChangeId[]): Promise<readonly ChangeView[]> {
    if (ids.length === 0) return [];
    const found = await Promise.all(ids.map((id) => this.#loader(at).load(id)));
    return found.filter((change) => change !== undefined);
  }

  #loader({ agreementId, basis }: Anchor): Loader {
    const question = basisQuestion(basis);
    const key = JSON.stringify([agreementId, question]);
    const known = this.#loaders.get(key);
    if (known !== undefined) return known;
    const loader: Loader = new DataLoader(
      async (ids) => {
        const changes = await this.#views.changes(agreementId, ids, question);
        const byId = new Map(changes.map((change) => [change.changeId, change]));
        return ids.map((id) => byId.get(id));
      },
      { maxBatchSize: MOST_IDS },
    );
    this.#loaders.set(key, loader);
    return loader;
  }
}
