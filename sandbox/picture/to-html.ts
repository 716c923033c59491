import type { Attrs, Node } from './tree.ts';

const VOID = new Set(['input', 'br', 'hr', 'meta']);
const NAME = /^[a-z][a-z0-9-]*$/;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

const attributes = (attrs: Attrs): string =>
  Object.entries(attrs)
    .map(([name, value]) => {
      if (!NAME.test(name) || name.startsWith('on')) throw new Error(`no attribute of a picture: ${name}`);
      if (value === undefined || value === false) return '';
      return value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`;
    })
    .join('');

/** A tree as HTML text, with everything in it escaped. */
export const toHtml = (node: Node): string => {
  if (typeof node === 'string') return escapeHtml(node);
  const { tag, attrs, children } = node;
  if (!NAME.test(tag) || tag === 'script') throw new Error(`no element of a picture: ${tag}`);
  if (VOID.has(tag)) return `<${tag}${attributes(attrs)}>`;
  // The parser eats one line break at the beginning of these.
  const guard = tag === 'pre' || tag === 'textarea' ? '\n' : '';
  return `<${tag}${attributes(attrs)}>${guard}${children.map(toHtml).join('')}</${tag}>`;
};
