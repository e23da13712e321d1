/** The part of the `edtf` package that we use; it ships no types of its own. */
declare module 'edtf' {
  export type EdtfNode = {
    readonly type: 'Date' | 'Year' | 'Season' | 'Interval' | 'Set' | 'List' | string;
    readonly values: readonly (number | EdtfNode | null | readonly EdtfNode[])[];
    readonly approximate?: boolean | number;
    readonly uncertain?: boolean | number;
    readonly unspecified?: number;
    readonly earlier?: boolean;
    readonly later?: boolean;
  };
  export function parse(input: string): EdtfNode;
}
