import { type DataOf, type Decided, type EventType, eventSchemas } from '#events/event.ts';
import { checkPayload } from './check-payload.ts';
import type { CommandOf } from './commands.ts';
import { accepted, type Decision, rejected, unless } from './decision.ts';
import { same } from './differences.ts';
import { didYouMean } from './nearest.ts';
import { type Path, type Rejection, rejection } from './rejections.ts';
import { content, type Entry, type RuleState, retractionOf, targetOf } from './rule-state.ts';

type Payload = DataOf<'RecordCorrected'>['data'];

/** The fields by which an event is itself; every correction keeps them. */
const identityOf = (type: EventType): readonly string[] => {
  switch (type) {
    case 'AgreementRecorded':
      return ['agreementId'];
    case 'InstrumentRecorded':
      return ['instrumentId'];
    case 'ClaimReported':
      return ['claimId', 'stage'];
    case 'ClaimAssessed':
    case 'ClaimResolved':
      return ['claimId'];
    case 'PointTagged':
      return ['tag'];
    case 'ConflictResolved':
      return ['code'];
    case 'RecordCorrected':
    case 'RecordRetracted':
      return ['target'];
    case 'CoverageStated':
      return [];
    default:
      return ['changeId', 'instrumentId', ...SUBJECTS];
  }
};

/** What a change on one thing is about; absent where it is about several, or about the agreement. */
const SUBJECTS = ['termId', 'overlayId', 'consentId', 'conditionId', 'partyId'] as const;

/** The data of a correction with what its target is known by, which may be left out. */
export const withIdentity = ({ type, data }: Decided, given: Payload): Payload => {
  const recorded: Payload = { ...data };
  const identity = identityOf(type).filter((field) => recorded[field] !== undefined);
  return { ...Object.fromEntries(identity.map((field) => [field, recorded[field]])), ...given };
};

const noSuchTarget = (target: string, state: RuleState): Rejection =>
  rejection('NoSuchTarget', ['target'], {
    target,
    nearest: didYouMean(target, state.byKey.keys()),
  });

type Fit = { readonly event?: Decided; readonly against: readonly Rejection[] };

/** The data as a payload of this type in its canonical form, or what does not fit. */
const fitted = (type: EventType, data: Payload, at: Path): Fit => {
  const parsed = eventSchemas[type].safeParse(data);
  if (parsed.success) {
    // The schema of the type has read it.
    return { event: { type, data: parsed.data } as unknown as Decided, against: [] };
  }
  const against = parsed.error.issues.map(({ path, message }) => {
    const place = path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    const said = message
      .replace('Invalid input: ', '')
      .replace(', received undefined', '; it is missing');
    const problem = [place.join('.'), said].filter((text) => text !== '').join(': ');
    return rejection('DataDoesNotFit', [...at, ...place], { type, problem });
  });
  return { against };
};

const changedIdentity = (event: Decided, recorded: Decided, at: Path): readonly Rejection[] => {
  const now: Payload = { ...event.data };
  const before: Payload = { ...recorded.data };
  return identityOf(event.type)
    .filter((field) => now[field] !== before[field])
    .map((field) => {
      const details = { field, recorded: String(before[field]), given: String(now[field]) };
      return rejection('IdentityChanged', [...at, field], details);
    });
};

/** What an entry would say with this data, and all that speaks against it. */
const corrected = (entry: Entry, data: Payload, at: Path, state: RuleState): Fit => {
  const fit = fitted(entry.event.type, withIdentity(content(entry), data), at);
  if (fit.event === undefined) return fit;
  const identity = changedIdentity(fit.event, content(entry), at);
  if (identity.length > 0) return { against: identity };
  const inner =
    fit.event.type === 'RecordCorrected' ? state.entries.get(fit.event.data.target) : undefined;
  if (inner === undefined || fit.event.type !== 'RecordCorrected') {
    return { event: fit.event, against: checkPayload(fit.event, at, state) };
  }
  const { against } = corrected(inner, fit.event.data.data, [...at, 'data'], state);
  return { event: fit.event, against };
};

/** We had recorded it wrongly: the target says `data` from now on. */
export const correctRecord = (command: CommandOf<'CorrectRecord'>, state: RuleState): Decision => {
  const { target, data, reason, announcedAt } = command;
  const entry = targetOf(state, target);
  if (entry === undefined) return rejected(noSuchTarget(target, state));
  const { event, against } = corrected(entry, data, ['data'], state);
  if (event === undefined) return rejected(...against);
  if (announcedAt === undefined && same(content(entry).data, event.data)) {
    return rejected(rejection('NothingChanged', ['data'], { what: `The correction of ${target}` }));
  }
  const correction: DataOf<'RecordCorrected'> = {
    target: entry.event.id,
    data: { ...event.data },
    reason,
    ...(announcedAt === undefined ? {} : { announcedAt }),
  };
  return unless(against, [{ type: 'RecordCorrected', data: correction }]);
};

/** We should not have recorded it; of a retraction: it is given back. */
export const retractRecord = (command: CommandOf<'RetractRecord'>, state: RuleState): Decision => {
  const { target, reason } = command;
  const entry = targetOf(state, target);
  if (entry === undefined) return rejected(noSuchTarget(target, state));
  const retraction = retractionOf(entry);
  if (retraction !== undefined) {
    const details = { target, retraction: retraction.event.id };
    return rejected(rejection('AlreadyRetracted', ['target'], details));
  }
  return accepted({ type: 'RecordRetracted', data: { target: entry.event.id, reason } });
};
