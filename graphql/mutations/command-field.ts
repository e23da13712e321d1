import { z } from 'zod';
import {
  type Command,
  type CommandType,
  commandSchemas,
  parseCommand,
} from '#agreement/commands.ts';
import type { CommandContext } from '#app/execute.ts';
import { line } from '#events/values.ts';
import { builder } from '../builder.ts';
import type { GraphContext } from '../context.ts';
import { badInput } from '../errors.ts';
import { commandInput } from '../inputs/command-input.ts';
import { inputObject } from '../inputs/from-zod.ts';
import {
  type CommandOutcome,
  CommandResult,
  capitals,
  INPUT_DOES_NOT_FIT,
  type Refused,
} from '../types/command-result.ts';

type Issue = { readonly message: string; readonly path: readonly PropertyKey[] };
type Given = {
  readonly input?: unknown;
  readonly commandId?: string | null | undefined;
  readonly expectedRevision?: number | null | undefined;
};

/** Every mistake of the input at once, each with its place. */
const misfit = (issues: readonly Issue[]): Refused => ({
  kind: 'rejected',
  rejections: issues.map(({ message, path }) => ({
    code: INPUT_DOES_NOT_FIT,
    message,
    path: path.map((step) => (typeof step === 'number' ? step : String(step))),
  })),
});

const commandContext = (given: Given, { caller }: GraphContext): CommandContext => {
  const commandId = given.commandId ?? caller.newCommandId();
  const { expectedRevision } = given;
  if (!line.safeParse(commandId).success) {
    throw badInput('commandId is one line of 1 to 2,000 characters.');
  }
  return {
    by: caller.by,
    commandId,
    correlationId: caller.requestId,
    ...(typeof expectedRevision === 'number' ? { expectedRevision } : {}),
  };
};

const parsed = (type: CommandType, input: unknown): Command | Refused => {
  try {
    return parseCommand(type, commandInput(commandSchemas[type], input));
  } catch (trouble) {
    if (trouble instanceof z.ZodError) return misfit(trouble.issues);
    throw trouble;
  }
};

const run = async (
  type: CommandType,
  given: Given,
  context: GraphContext,
): Promise<CommandOutcome> => {
  const command = parsed(type, given.input);
  if ('kind' in command) return command;
  const outcome = await context.app.execute(command, commandContext(given, context));
  if (outcome.kind !== 'rejected') return outcome;
  const rejections = outcome.rejections.map((one) => ({ ...one, code: capitals(one.code) }));
  return { ...outcome, rejections };
};

/** The mutation that gives a command of this type: same stem, same shape, same schema. */
export const commandField = (type: CommandType, description: string): void => {
  const name = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
  builder.mutationField(name, (t) =>
    t.field({
      type: CommandResult,
      description,
      args: {
        input: t.arg({ type: inputObject(commandSchemas[type], `${type}Input`), required: true }),
        commandId: t.arg.id({
          description:
            'Sent again with the same command it answers the first result and records nothing.',
        }),
        expectedRevision: t.arg.int({
          description: 'The revision that was read; when it has moved on, a RevisionConflict.',
        }),
      },
      resolve: (_, args, context) => run(type, args, context),
    }),
  );
};
