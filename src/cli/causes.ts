import type { App } from '#app/app.ts';
import type { Question } from '#app/question.ts';
import type { ChangeId } from '#events/values.ts';
import type { ChangeView } from '#projections/change-view.ts';
import type { Causes } from '#render/cause-text.ts';

type Found = { readonly at: Question; readonly ids: readonly ChangeId[] };

/** Changes with their instruments; where two points know one differently, the later point counts. */
export const causesAt = async (
  app: App,
  agreementId: string,
  found: readonly Found[],
): Promise<Causes> => {
  const causes = new Map<ChangeId, ChangeView>();
  for (const { at, ids } of found) {
    for (const change of await app.views.changes(agreementId, ids, at)) {
      causes.set(change.changeId, change);
    }
  }
  return causes;
};
