import type { Attrs, Tree, Node as TreeNode } from '../../picture/tree.ts';
import { isEcho } from './typed.ts';

/** The tree that an element shows now. */
const shown = new WeakMap<Node, Tree>();

const keyOf = ({ tag, attrs }: Tree): string => {
  const own = attrs['data-key'] ?? attrs.id;
  if (own !== undefined) return `${tag} ${String(own)}`;
  return attrs['data-action'] === undefined
    ? tag
    : `${tag} ${String(attrs['data-block'])} ${String(attrs['data-action'])}`;
};

/** Attributes that a person changes too: the property is what counts. */
const setProperty = (element: Element, name: string, value: string | boolean | undefined): void => {
  if (name === 'value' && (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) {
    const text = typeof value === 'string' ? value : '';
    if (element.value !== text && !isEcho(element, text)) element.value = text;
  } else if (name === 'checked' && element instanceof HTMLInputElement) element.checked = value === true;
  else if (name === 'selected' && element instanceof HTMLOptionElement) element.selected = value === true;
};

const setAttributes = (element: Element, before: Attrs, after: Attrs): void => {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name];
    if (name.startsWith('on')) throw new Error(`no attribute of the page: ${name}`);
    // What did not change is left alone: somebody may be typing there.
    if (before[name] === value) continue;
    if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : value);
    setProperty(element, name, value);
  }
};

/** The text of a textarea is a value, as that of an input is. */
const withValue = (tree: Tree): Tree =>
  tree.tag === 'textarea' && tree.attrs.value === undefined
    ? { ...tree, attrs: { ...tree.attrs, value: tree.children.join('') }, children: [] }
    : tree;

const NOTHING: Tree = { tag: '', attrs: {}, children: [] };

const update = (element: Element, given: Tree): void => {
  const tree = withValue(given);
  patchChildren(element, tree.children);
  setAttributes(element, (shown.get(element) ?? NOTHING).attrs, tree.attrs);
  shown.set(element, tree);
};

const create = (node: TreeNode): Node => {
  if (typeof node === 'string') return document.createTextNode(node);
  const element = document.createElement(node.tag);
  update(element, node);
  return element;
};

/** Makes an element's children those of the trees, and keeps the elements that are the same thing as before. */
export const patchChildren = (parent: Element, nodes: readonly TreeNode[]): void => {
  const left = new Set<Node>(parent.childNodes);
  const fits = (old: Node, node: TreeNode): boolean => {
    if (typeof node === 'string') return old instanceof Text;
    const before = shown.get(old);
    return before !== undefined && keyOf(before) === keyOf(node);
  };
  const kept = nodes.map((node) => {
    const known = [...left].find((old) => fits(old, node));
    if (known) left.delete(known);
    return [node, known] as const;
  });
  // First of all, so that nothing that stays has to be moved past it: an element that is put in again loses the focus.
  for (const old of left) parent.removeChild(old);
  let cursor: Node | null = parent.firstChild;
  for (const [node, known] of kept) {
    const child = known ?? create(node);
    if (known instanceof Element && typeof node !== 'string') update(known, node);
    else if (known instanceof Text && typeof node === 'string' && known.data !== node) known.data = node;
    if (child === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(child, cursor);
  }
};
