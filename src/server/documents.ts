import {
  type DocumentNode,
  type GraphQLError,
  getOperationAST,
  type OperationTypeNode,
} from 'graphql';

/** A document that was read and held against the schema; `took`: how long its last answer was in the making, ms. */
export type Checked = {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
  took?: number;
};

/** Documents kept, and the longest that is: people send few, and the same ones again. */
const KEPT = 500;
const LONGEST = 20_000;

/** Documents by their text, the last used behind. */
export class Documents {
  readonly #kept = new Map<string, Checked>();
  readonly #read: (text: string) => Checked;

  /** @param read parses and validates; what it throws is thrown on, and not kept */
  constructor(read: (text: string) => Checked) {
    this.#read = read;
  }

  get(text: string): Checked {
    const known = this.#kept.get(text);
    const checked = known ?? this.#read(text);
    if (text.length > LONGEST) return checked;
    if (known !== undefined) this.#kept.delete(text);
    this.#kept.set(text, checked);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return checked;
  }
}

/** The type of the operation that a document asks for by this name. */
export const operationType = (
  document: DocumentNode,
  operationName: string | undefined,
): OperationTypeNode | undefined => getOperationAST(document, operationName)?.operation;
