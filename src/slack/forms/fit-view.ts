import type { AnyBlock, InputBlock, KnownBlock, ModalView } from '@slack/types';
import { beginning } from '../../shared/text.ts';
import { line, QUOTE_LENGTH, quote } from '../blocks.ts';

/** Slack's own limit for one field, and ours where a form names no other. */
export const FIELD_LENGTH = 3_000;
/** A form takes 100 blocks; no command and no message of Slack's is longer than these together. */
const MOST_PIECES = 14;

/** In parts that a quote takes; what a form can't hold is left out. */
export const pieces = (text: string): readonly string[] => {
  const all: string[] = [];
  for (let rest = text; rest !== '' && all.length < MOST_PIECES; ) {
    const piece = beginning(rest, QUOTE_LENGTH);
    all.push(piece);
    rest = rest.slice(piece.length);
  }
  return all;
};

/** What did not fit, said and given back. */
const leftOver = (label: string, most: number, rest: string): readonly KnownBlock[] => {
  const shown = pieces(rest);
  const missing = rest.length - shown.join('').length;
  return [
    line(
      { bold: '! ' },
      `${label} takes at most ${most.toLocaleString('en-US')} characters. This did not fit; copy it from here:`,
    ),
    ...shown.map(quote),
    ...(missing > 0 ? [line(`and ${missing.toLocaleString('en-US')} more characters`)] : []),
  ];
};

const isInput = (block: AnyBlock): block is InputBlock => block.type === 'input';

const fitInput = (block: AnyBlock): readonly AnyBlock[] => {
  if (!isInput(block) || block.element.type !== 'plain_text_input') return [block];
  const { initial_value: value = '', max_length: most = FIELD_LENGTH } = block.element;
  if (value.length <= most) return [block];
  const kept = beginning(value, most);
  return [
    { ...block, element: { ...block.element, initial_value: kept } },
    ...leftOver(block.label.text, most, value.slice(kept.length)),
  ];
};

/** The one place where text from outside is cut to what a field takes: a form that Slack refuses helps nobody. */
export const fitView = (view: ModalView): ModalView => ({ ...view, blocks: view.blocks.flatMap(fitInput) });
