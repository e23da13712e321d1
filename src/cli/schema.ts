import type { Command } from 'commander';
import type { Io } from './io.ts';
import { newCommand } from './session.ts';

const textFor = async (agreementFile: boolean): Promise<string> => {
  // Loaded when asked for: GraphQL is most of the program, and no other short command needs it.
  if (!agreementFile) return (await import('#graphql/schema.ts')).printedSchema();
  return (await import('#agreement/json-schema.ts')).agreementFileSchemaText();
};

/** `codicil schema`: what can be asked, or what an agreement file looks like. */
export const schemaCommand = (io: Io): Command =>
  newCommand({
    name: 'schema',
    summary: 'print the GraphQL schema, or the JSON Schema of agreement files',
    examples: [
      ['codicil schema', 'GraphQL'],
      ['codicil schema --agreement-file > agreement.schema.json', 'for an editor'],
    ],
    settings: 'none',
  })
    .option('--agreement-file', 'the JSON Schema of agreement files instead')
    .action(async ({ agreementFile }: { readonly agreementFile?: boolean }) => {
      io.out.write(await textFor(agreementFile === true));
    });
