import type { ModalView } from '@slack/types';
import { strangerMessage } from '../messages/error.ts';

/** The polite refusal as a view, for a form submitted by somebody who may not. */
export const strangerView = (slackUser: string): ModalView => ({
  type: 'modal',
  callback_id: 'stranger',
  title: { type: 'plain_text', text: 'Syncro' },
  close: { type: 'plain_text', text: 'Close' },
  blocks: strangerMessage(slackUser).blocks,
});
