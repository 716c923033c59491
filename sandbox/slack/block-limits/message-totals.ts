import { type BlockProblem, isObject, typeOf } from './check.ts';

/** Limits on all blocks of a message together. */
export const checkMessageTotals = (blocks: readonly unknown[], at: string, out: BlockProblem[]): void => {
  const markdown = blocks.filter((each) => typeOf(each) === 'markdown');
  const length = markdown.reduce<number>(
    (sum, each) => sum + (isObject(each) && typeof each.text === 'string' ? each.text.length : 0),
    0,
  );
  if (length > 12_000) out.push({ message: 'must be less than 12001 characters of markdown', pointer: at });
  const tables = blocks.filter((each) => typeOf(each) === 'table');
  if (tables.length > 1) out.push({ message: 'only one table allowed', pointer: at });
  const cellsLength = tables.reduce<number>((sum, each) => sum + cellCharacters(each), 0);
  if (cellsLength > 10_000) out.push({ message: 'must be less than 10001 characters in tables', pointer: at });
};

const cellCharacters = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + cellCharacters(each), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return own + cellCharacters(value.rows) + cellCharacters(value.elements);
};
