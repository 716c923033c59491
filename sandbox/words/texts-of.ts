import { parse } from '@babel/parser';
import { z } from 'zod';

type Node = { readonly type: string; readonly [field: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
const childrenOf = (of: Node): readonly Node[] => Object.values(of).flat().filter(isNode);

/** What is in a literal as it reads, with the code of what is filled in. */
const literal = (of: Node, source: string): string | null => {
  if (of.type === 'StringLiteral') return z.object({ value: z.string() }).parse(of).value;
  if (of.type !== 'TemplateLiteral') return null;
  const { start, end } = z.object({ start: z.number(), end: z.number() }).parse(of);
  return source.slice(start + 1, end - 1);
};

const nameOf = (callee: unknown): string => {
  if (!isNode(callee)) return '';
  if (callee.type === 'Identifier') return z.object({ name: z.string() }).parse(callee).name;
  if (callee.type === 'MemberExpression') return `${nameOf(callee.object)}.${nameOf(callee.property)}`;
  return '';
};

/** What only developers and operators read: logs, bugs, metrics, queries. */
const FOR_DEVELOPERS =
  /(^|\.)log\.\w+$|^(Error|TypeError|RegExp)$|(^|\.)(sql|from|where|select|addColumn|createIndex)\w*$/i;
const NO_TEXT = /^(ImportDeclaration|ExportAllDeclaration|TaggedTemplateExpression|TS(?!AsE|SatisfiesE|NonNullE).*)$/;

/** Comparing is no showing, and what stands in a type is no text. */
const isSkipped = (of: Node): boolean =>
  NO_TEXT.test(of.type) ||
  (of.type === 'BinaryExpression' && of.operator !== '+') ||
  ((of.type === 'CallExpression' || of.type === 'NewExpression') && FOR_DEVELOPERS.test(nameOf(of.callee)));

const WORDS = /\p{L}[\p{L}'’]*[,.:;!?…]?\s+\S*\p{L}|[\p{L}'’)}][.!?:…]$|^\p{Lu}\p{Ll}+($|\s)/u;
const CODE =
  /^[\w.-]*[:/=][\w./:-]*$|^[a-z]+(-[a-z]+)+$|^(select|insert into|delete from|begin|create (table|index)|alter table|drop table|pragma) |^[A-Z_]+$|^\(\S/;
const readsAsText = (text: string): boolean => {
  const said = text.replace(/\$\{[^}]*\}/g, '…').trim();
  return WORDS.test(said) && !CODE.test(said);
};

/** Every text in a source that people may see, in its order, each once. */
export const textsOf = (source: string): readonly string[] => {
  const texts = new Set<string>();
  const walk = (of: Node): void => {
    if (isSkipped(of)) return;
    const text = literal(of, source);
    if (text !== null && readsAsText(text)) texts.add(text);
    for (const child of childrenOf(of)) {
      // A key names a field; the text is what stands behind it.
      if (child !== of.key && child !== of.test && child !== of.source) walk(child);
    }
  };
  const { program } = parse(source, { sourceType: 'module', plugins: ['typescript'] });
  if (isNode(program)) walk(program);
  return [...texts];
};
