/** What a script can tell from the exit code. docs/reference/exit-codes.md lists the same table. */
export const EXIT_CODES = {
  DONE: { code: 0, meaning: 'It was done, or was done before.' },
  REFUSED: {
    code: 1,
    meaning:
      'The answer is no: something was rejected, a file has mistakes, or a check found trouble.',
  },
  USAGE: { code: 2, meaning: 'The command line or a setting can not be understood.' },
  NOT_FOUND: {
    code: 3,
    meaning:
      'What was asked for is not there: a log, an agreement, a term, a version, a tag, a file.',
  },
  UNAVAILABLE: {
    code: 4,
    meaning:
      'It can not run here and now: the log can not be used, the port is taken, Node is too old.',
  },
  FAULT: { code: 5, meaning: 'Codicil itself is at fault; the error stream says where.' },
} as const satisfies {
  readonly [name: string]: { readonly code: number; readonly meaning: string };
};

export type ExitName = keyof typeof EXIT_CODES;

/** Ends a command with sentences for the error stream and an exit code. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly exit: ExitName;

  constructor(exit: ExitName, message: string) {
    super(message);
    this.exit = exit;
  }
}
