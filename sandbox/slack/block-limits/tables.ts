import type { Check, Checks } from './check.ts';
import { richText } from './rich-text.ts';
import { list, object, typed } from './structures.ts';
import { any, string } from './values.ts';

const rawText = object({ need: { text: string(10_000, 0) } });
const rawNumber = object({ need: { value: any }, may: { text: string(255) } });
export const cells: () => Checks = () => ({
  raw_text: rawText,
  raw_number: rawNumber,
  rich_text: richText,
});
export const tableRows = list(list(typed(cells), 1, 20), 1, 100);

export const equalRows: Check = (value, at, out) => {
  if (!Array.isArray(value)) return;
  const width = Array.isArray(value[0]) ? value[0].length : 0;
  for (const [index, row] of value.entries()) {
    if (Array.isArray(row) && row.length !== width) {
      out.push({ message: 'must have the same number of cells as the header', pointer: `${at}/${index}` });
    }
  }
};
