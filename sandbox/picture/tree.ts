/**
 * What a picture is made of, before it is HTML text or nodes of a browser's document. Strings are text, never markup;
 * names of tags and attributes come from this folder's code, never from what is shown.
 */
export type Tree = {
  readonly tag: string;
  readonly attrs: Attrs;
  readonly children: readonly Node[];
};

export type Node = Tree | string;

/** `true`: the attribute stands alone; `false` or `undefined`: it is left out. */
export type Attrs = Readonly<Record<string, string | boolean | undefined>>;

/** @param children what is `null` is left out */
export const h = (tag: string, attrs: Attrs = {}, ...children: ReadonlyArray<Node | null>): Tree => ({
  tag,
  attrs,
  children: children.filter((child) => child !== null),
});

/** Addresses that a person may follow; anything else is shown as words. */
export const safeUrl = (url: string): string | undefined =>
  /^(https?|mailto|tel|slack):/i.test(url) ? url : undefined;
