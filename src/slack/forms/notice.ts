import type { KnownBlock, ModalView } from '@slack/types';
import type { About } from '../../features/tickets/slack/ticket-about.ts';
import { actions, button, line, note } from '../blocks.ts';

/** One sentence in place of a form. */
export const noticeView = (title: string, text: string): ModalView => ({
  type: 'modal',
  callback_id: 'notice',
  title: { type: 'plain_text', text: title },
  close: { type: 'plain_text', text: 'Close' },
  blocks: [line(text)],
});

/** In place of inputs that need what Syncro has not said yet. @param again the action that reads it once more */
export const notReady = (about: About, again: string): readonly KnownBlock[] => {
  // Then the block above says it.
  if (about === null) return [];
  return 'problem' in about ? [actions('back', [button('Try again', again)])] : [note('⏳ Reading from Syncro …')];
};
