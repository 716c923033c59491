import type { Row } from './row.ts';

const number = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);

const verdict = ({ reached }: Row): string => (reached === null ? '' : reached ? 'yes' : 'NO');

const cells = (row: Row): readonly string[] => [
  row.bench,
  row.what,
  row.ours === null ? 'not measured' : `${number(row.ours)} ${row.unit === 'ratio' ? '' : row.unit}`.trim(),
  row.floor === null ? '' : number(row.floor),
  row.ours !== null && row.floor ? `${(row.ours / row.floor).toFixed(2)} ×` : '',
  row.goal,
  verdict(row),
  row.note ?? '',
];

const HEAD = ['bench', 'figure', 'ours', 'floor', 'ratio', 'goal', 'reached', ''];

/** The rows as text, in columns. */
export const tableOf = (rows: readonly Row[]): string => {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [
    text[0],
    widths
      .map((width) => '─'.repeat(width))
      .join('  ')
      .trimEnd(),
    ...text.slice(1),
  ].join('\n');
};
