/** Looks into pages that parse5 has read. */
import type { DefaultTreeAdapterTypes } from 'parse5';

export type Node = DefaultTreeAdapterTypes.Node;

const childrenOf = (node: Node): readonly Node[] => ('childNodes' in node ? node.childNodes : []);

export const find = (node: Node, is: (node: Node) => boolean): readonly Node[] => [
  ...(is(node) ? [node] : []),
  ...childrenOf(node).flatMap((child) => find(child, is)),
];

/** The text of a page without some of its elements. */
export const textOf = (node: Node, without: readonly string[]): string => {
  if (without.includes(node.nodeName)) return '';
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return childrenOf(node)
    .map((child) => textOf(child, without))
    .join('');
};

export const attribute = (node: Node, name: string): string | undefined =>
  'attrs' in node ? node.attrs.find((attr) => attr.name === name)?.value : undefined;

export const named =
  (name: string) =>
  ({ nodeName }: Node): boolean =>
    nodeName === name;

export const classed =
  (name: string) =>
  (node: Node): boolean =>
    attribute(node, 'class') === name;
