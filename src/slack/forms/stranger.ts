import type { ModalView } from '@slack/types';
import type { Reply } from '../messages/reply.ts';

/** The polite refusal as a view, for a form submitted by somebody who may not. */
export const strangerView = ({ blocks }: Reply): ModalView => ({
  type: 'modal',
  callback_id: 'stranger',
  title: { type: 'plain_text', text: 'Syncro' },
  close: { type: 'plain_text', text: 'Close' },
  blocks,
});
