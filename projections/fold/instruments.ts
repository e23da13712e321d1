import type { InstrumentData } from './change.ts';
import type { KnownEvent } from './known.ts';

export type KnownInstrument = {
  readonly known: KnownEvent;
  readonly data: InstrumentData;
};

/** The papers among settled events, by their ids; of several with one id the last. */
export const instrumentsOf = (
  settled: readonly KnownEvent[],
): ReadonlyMap<string, KnownInstrument> => {
  const instruments = new Map<string, KnownInstrument>();
  for (const known of settled) {
    if (known.event.type !== 'InstrumentRecorded') continue;
    const data = known.data as InstrumentData;
    instruments.set(data.instrumentId, { known, data });
  }
  return instruments;
};
