/** A question that can not be answered as it was asked; the message says what can. */
export class QuestionError extends Error {
  override readonly name = 'QuestionError';
  readonly code:
    | 'NO_SUCH_VERSION'
    | 'NO_SUCH_TAG'
    | 'NO_SUCH_TERM'
    | 'POSITION_NOT_REACHED'
    | 'KNOWN_AT_NOT_REACHED'
    | 'AMBIGUOUS_QUESTION'
    | 'BAD_CURSOR'
    | 'BAD_NOTICE_PERIOD';

  constructor(code: QuestionError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
