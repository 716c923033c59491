import { block } from './block-shape.ts';
import { CARDS } from './cards.ts';
import type { Checks, Surface } from './check.ts';
import { CLASSIC } from './classic-blocks.ts';
import { MESSAGE_ONLY } from './message-blocks.ts';
import { text } from './text.ts';
import { any, oneOf } from './values.ts';

const MODAL_ONLY: Checks = {
  alert: block({
    need: { text: text(3000) },
    may: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  }),
};
/** Where a block may stand is the stricter of Slack's pages and what live tests saw: table and cards stay out of modals. */
const { table: tableBlock = any, ...CLASSIC_EVERYWHERE } = CLASSIC;
export const SURFACES: Readonly<Record<Surface, Checks>> = {
  message: { ...CLASSIC_EVERYWHERE, table: tableBlock, ...MESSAGE_ONLY, ...CARDS },
  modal: { ...CLASSIC_EVERYWHERE, ...MODAL_ONLY },
  home: { ...CLASSIC_EVERYWHERE, ...CARDS },
};
