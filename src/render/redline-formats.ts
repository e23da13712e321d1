import type { DiffAnswer } from '#app/app.ts';
import { unifiedDiff } from '#projections/diff/lines.ts';
import { type Json, jsonPatch, type PatchOperation } from '#projections/diff/patch.ts';
import type { AgreementState } from '#projections/state.ts';
import { stateLines } from './state-lines.ts';

const jsonOf = (state: AgreementState): Json => JSON.parse(JSON.stringify(state));

/** The operations that make the newer state of the older one, both in their published JSON form. */
export const statePatch = ({ from, to }: DiffAnswer): readonly PatchOperation[] =>
  jsonPatch(jsonOf(from.state), jsonOf(to.state));

/** A unified diff of the terms in force as text; ends with a line break unless it is empty. */
export const redlineUnified = ({ from, to, diff }: DiffAnswer): string =>
  unifiedDiff(stateLines(from.state), stateLines(to.state), {
    from: `${diff.agreementId}\t${from.basis.effectiveOn}`,
    to: `${diff.agreementId}\t${to.basis.effectiveOn}`,
  })
    .map((line) => `${line}\n`)
    .join('');
