/** Puts a field on an object, to be worked out from what the object keeps. */
type Put = (object: object) => void;

/**
 * Fields that are worked out when somebody first looks at them, and are like any other from then on. Objects that
 * have them keep one shape, and are made at little more than the cost of any other.
 */
export class LazyFields<Source extends object> {
  readonly #source = Symbol('worked out from');

  /** Gives an object what its fields are worked out from; nobody else sees it. */
  keep(object: object, source: Source): void {
    Object.defineProperty(object, this.#source, { value: source });
  }

  /** One field, worked out by `make`. */
  field(name: string, make: (source: Source) => unknown): Put {
    const kept = this.#source;
    const field: PropertyDescriptor = {
      enumerable: true,
      configurable: true,
      get(this: { readonly [symbol: symbol]: Source }) {
        const source = this[kept];
        const value = source && make(source);
        Object.defineProperty(this, name, { value, enumerable: true });
        return value;
      },
    };
    return (object) => Object.defineProperty(object, name, field);
  }
}
