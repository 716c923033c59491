import type { Attrs, Node, Tree } from '../../picture/tree.ts';
import { typeaheadTree } from './typeahead-tree.ts';

/** How a picture's tree becomes something to use: labels that are tied to their inputs, and typeaheads. */
const classOf = (tree: Tree): string => String(tree.attrs.class ?? '');
const hasClass = (tree: Tree, name: string): boolean => classOf(tree).split(' ').includes(name);
const isTree = (node: Node): node is Tree => typeof node !== 'string';
const isControl = (node: Node): node is Tree => isTree(node) && node.attrs['data-action'] !== undefined;
const withAttrs = (tree: Tree, attrs: Attrs): Tree => ({ ...tree, attrs: { ...tree.attrs, ...attrs } });
const textIn = (tree: Tree): string => tree.children.map((child) => (isTree(child) ? textIn(child) : child)).join('');

/** An input block: its label names the control, its error and hint describe it. */
const inputBlock = (block: Tree, scope: string): Tree => {
  const control = block.children.find(isControl);
  if (!control) return block;
  const id = `${scope}-${String(control.attrs['data-block'])}`;
  const isGroup = hasClass(control, 'choices');
  const notes = block.children.filter(isTree).filter((node) => hasClass(node, 'error') || hasClass(node, 'hint'));
  const described = notes.map((node) => `${id}-${classOf(node)}`).join(' ') || undefined;
  const children = block.children.map((child): Node => {
    if (!isTree(child)) return child;
    if (child === control) {
      const named = isGroup
        ? { role: control.children.some((each) => isTree(each) && radioIn(each)) ? 'radiogroup' : 'group' }
        : { id };
      return adapt(
        withAttrs(control, {
          ...named,
          'aria-labelledby': `${id}-label`,
          'aria-describedby': described,
          'aria-invalid': hasClass(control, 'wrong') ? 'true' : undefined,
        }),
        scope,
      );
    }
    if (hasClass(child, 'label'))
      return isGroup
        ? withAttrs(child, { id: `${id}-label` })
        : { ...withAttrs(child, { id: `${id}-label`, for: id }), tag: 'label' };
    if (hasClass(child, 'error')) return withAttrs(child, { id: `${id}-error`, role: 'alert' });
    if (hasClass(child, 'hint')) return withAttrs(child, { id: `${id}-hint` });
    return child;
  });
  return { ...block, children };
};

const radioIn = (tree: Tree): boolean =>
  tree.attrs.type === 'radio' || tree.children.some((child) => isTree(child) && radioIn(child));

export const adapt = (tree: Tree, scope: string): Tree => {
  if (hasClass(tree, 'input') && hasClass(tree, 'block')) return inputBlock(tree, scope);
  const { tag, attrs } = tree;
  if (tag === 'select' && attrs['data-kind'] === 'external_select') return typeaheadTree(tree);
  if (tag === 'select' && attrs['aria-labelledby'] === undefined) {
    const [first] = tree.children.filter(isTree);
    return withAttrs(tree, { 'aria-label': first ? textIn(first) : 'Choose' });
  }
  if (tag === 'a') return withAttrs(tree, { title: attrs.href, rel: 'noreferrer' });
  if (tag === 'summary') return withAttrs(tree, { 'aria-label': 'More' });
  if (tag === 'input' && attrs.type === 'radio') return withAttrs(tree, { name: `${scope} ${String(attrs.name)}` });
  if (hasClass(tree, 'header')) return withAttrs(tree, { role: 'heading', 'aria-level': '3' });
  return { ...tree, children: tree.children.map((child) => (isTree(child) ? adapt(child, scope) : child)) };
};

export const adaptAll = (trees: readonly Tree[], scope: string): readonly Tree[] =>
  trees.map((tree) => adapt(tree, scope));
