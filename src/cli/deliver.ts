import type { Printed } from '#render/printed.ts';
import { CliFailure } from './exit-codes.ts';
import { forScreen } from './for-screen.ts';
import { save } from './save.ts';
import type { Session } from './session.ts';

/** What was printed, into the file that --out names, else to where the output goes. @throws {CliFailure} */
export const deliver = ({ options, io }: Session, printed: Printed): void => {
  const { out } = options;
  if (typeof out === 'string') save(out, printed);
  else if (io.out.isTTY !== true) io.out.write(printed);
  else if (typeof printed === 'string') io.out.write(forScreen(printed));
  else {
    throw new CliFailure(
      'USAGE',
      'This format is a file and no text for a screen: --out FILE writes it, or send the output into a file with > FILE.',
    );
  }
};
