import { v5 } from 'uuid';
import { parseCommand } from '#agreement/commands.ts';
import { type Log, ManyRecorder } from '#app/record-many.ts';
import type { ChangeInput } from '#events/verbs.ts';
import { DocumentTerms } from './document-terms.ts';
import type { Document } from './documents.ts';
import { titleOf } from './names.ts';
import { type ReadVersion, readAhead } from './read-ahead.ts';
import { eventsOf, newInstrumentFor, recordedAs } from './recorded-versions.ts';
import { isOutOfOrder, type Order, type Placed, timelineOf } from './timeline.ts';
import { takenBack, versionCommand } from './version-command.ts';
import type { LeftOut, VersionSource } from './version-source.ts';

export type ImportOptions = {
  readonly source: Pick<VersionSource, 'name' | 'read'>;
  readonly log: Log;
  /** Who records. */
  readonly by: string;
  readonly order: Order;
  /** IANA time zone in which days begin. */
  readonly timeZone: string;
  /** Who publishes the documents: the party of their agreements. */
  readonly publisher: string;
  /** Called after each version that was looked at. */
  readonly onVersion: () => void;
  /** Aborted: the document ends behind the version at hand, and can be gone on with. */
  readonly signal: AbortSignal;
};

/** What became of one document. */
export type DocumentReport = {
  readonly agreementId: string;
  readonly path: string;
  /** Versions recorded now, of these those that had to be recorded anew, and versions that the record had. */
  readonly recorded: number;
  readonly anew: number;
  readonly unchanged: number;
  /** Terms of the last version. */
  readonly terms: number;
  /** Whether its versions stand in another order than their dates, which is a finding. */
  readonly outOfOrder: boolean;
  readonly changes: number;
  readonly events: number;
  readonly leftOut: readonly LeftOut[];
};

/** Namespace of the ids of commands that record agreements of documents (RFC 9562 §5.5). Never to be changed. */
const NAMESPACE = 'c2f2f1c4-7c0d-4d6e-8f6b-7a7f6c2f5a13';

const begin = async (recorder: ManyRecorder, document: Document, options: ImportOptions) => {
  const { agreementId } = document;
  if (recorder.state.revision > 0) return;
  const command = parseCommand('RecordAgreement', {
    agreement: agreementId,
    title: titleOf(document.versions[0]?.path ?? document.path),
    timeZone: options.timeZone,
    parties: [{ partyId: 'publisher', name: options.publisher, role: 'publisher' }],
  });
  await recorder.record({ command, commandId: v5(agreementId, NAMESPACE) });
};

class Run {
  readonly #recorder: ManyRecorder;
  readonly #terms: DocumentTerms;
  readonly #agreement: string;
  readonly report: { -readonly [F in keyof DocumentReport]: DocumentReport[F] };

  constructor(recorder: ManyRecorder, terms: DocumentTerms, document: Document) {
    this.#recorder = recorder;
    this.#terms = terms;
    this.#agreement = document.agreementId;
    this.report = {
      agreementId: document.agreementId,
      path: document.path,
      recorded: 0,
      unchanged: 0,
      terms: 0,
      outOfOrder: false,
      anew: 0,
      changes: 0,
      events: 0,
      leftOut: [],
    };
  }

  /** Takes back what is recorded of versions that do not stand last, the last first: they are recorded anew. */
  async takeBack(versions: readonly Placed[]): Promise<void> {
    for (const version of versions.toReversed()) {
      const instrumentId = recordedAs(this.#recorder.state, version);
      if (instrumentId === undefined) continue;
      for (const target of eventsOf(this.#recorder.state, instrumentId)) {
        await this.#recorder.record(takenBack(this.#agreement, target));
      }
      this.report.anew++;
    }
  }

  /** Records a version; one whose text can't be read is left out, and the next is held against the one before it. */
  async take({ placed, text }: ReadVersion): Promise<void> {
    if (typeof text === 'object') {
      this.report.leftOut = [...this.report.leftOut, text];
      return;
    }
    const changes = this.#changesOf(placed, text);
    const instrumentId = newInstrumentFor(this.#recorder.state, placed);
    const agreement = this.#agreement;
    await this.#recorder.record(versionCommand({ agreement, placed, changes, instrumentId }));
    this.report.changes += changes.length;
    this.report.recorded++;
  }

  #changesOf({ head, idle }: Placed, text: string | undefined): readonly ChangeInput[] {
    if (idle !== undefined) return [];
    const { path, renamedFrom } = head;
    const renamed = renamedFrom !== undefined && renamedFrom !== path;
    return [
      ...(renamed ? [{ amendAgreement: { title: titleOf(path) } }] : []),
      ...this.#terms.saying(text),
    ];
  }
}

/**
 * Records the versions of a document that the record does not have, in the order in which they hold. Where one of them
 * comes before others that it has, those are taken back and recorded anew behind it. Interrupted at any moment, the same
 * call goes on where it was.
 * @throws {Overtaken} where somebody else writes to the agreement, {Refused} where the rules say no
 */
export const importDocument = async (
  document: Document,
  options: ImportOptions,
): Promise<DocumentReport> => {
  const { log, by, source, order, timeZone, onVersion, signal } = options;
  const recorder = await ManyRecorder.open(log, document.agreementId, {
    by,
    importedFrom: source.name,
  });
  const placed = timelineOf(document.versions, order, timeZone);
  const first = placed.findIndex((version) => recordedAs(recorder.state, version) === undefined);
  const before = first === -1 ? placed : placed.slice(0, first);
  const terms = DocumentTerms.behind(recorder.state, before);
  const run = new Run(recorder, terms, document);
  run.report.unchanged = before.length;
  run.report.outOfOrder = isOutOfOrder(placed);
  run.report.terms = terms.count;
  for (const _ of before) onVersion();
  if (first === -1) return run.report;
  await begin(recorder, document, options);
  await run.takeBack(placed.slice(first));
  for await (const version of readAhead(placed.slice(first), (head) => source.read(head))) {
    if (signal.aborted) break;
    await run.take(version);
    onVersion();
  }
  await recorder.flush();
  run.report.events = recorder.appended;
  run.report.terms = terms.count;
  return run.report;
};
