import type { DataOf } from '#events/event.ts';
import type { CommandOf } from './commands.ts';
import { type Decision, unless } from './decision.ts';
import { recordedAgain } from './recorded-again.ts';
import { type Path, type Rejection, rejection } from './rejections.ts';
import type { RuleState } from './rule-state.ts';

type Head = DataOf<'AgreementRecorded'>;

/** Refuses two parties under one id. */
export const checkParties = ({ parties }: Head, at: Path): readonly Rejection[] =>
  parties.flatMap(({ partyId }, index) =>
    parties.findIndex((party) => party.partyId === partyId) < index
      ? [rejection('PartyTwice', [...at, 'parties', index, 'partyId'], { party: partyId })]
      : [],
  );

/** Begins an agreement; said again alike it changes nothing. */
export const recordAgreement = (
  command: CommandOf<'RecordAgreement'>,
  state: RuleState,
): Decision => {
  const { type: _, agreement, correct, ...head } = command;
  const data: Head = { agreementId: agreement, ...head };
  const event = { type: 'AgreementRecorded', data } as const;
  const entry = state.byKey.get('agreement');
  const check = () => checkParties(data, []);
  if (entry === undefined) return unless(check(), [event]);
  return recordedAgain({
    entry,
    item: { key: 'agreement', event, path: [] },
    codes: { differs: 'AgreementDiffers', retracted: 'AgreementRetracted' },
    details: { agreement },
    correct,
    check,
  });
};
