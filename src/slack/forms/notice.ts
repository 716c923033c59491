import type { ModalView } from '@slack/types';
import { line } from '../blocks.ts';

/** One sentence in place of a form. */
export const noticeView = (title: string, text: string): ModalView => ({
  type: 'modal',
  callback_id: 'notice',
  title: { type: 'plain_text', text: title },
  close: { type: 'plain_text', text: 'Close' },
  blocks: [line(text)],
});
