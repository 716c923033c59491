import type { ModalView } from '@slack/types';
import type { Reply } from '../messages/reply.ts';
import type { FormValues } from './form-values.ts';
import { givenBack } from './give-back.ts';

/** The polite refusal as a view, for a form submitted by somebody who may not. */
export const strangerView = ({ blocks }: Reply, typed: FormValues = {}): ModalView => ({
  type: 'modal',
  callback_id: 'stranger',
  title: { type: 'plain_text', text: 'Syncro' },
  close: { type: 'plain_text', text: 'Close' },
  blocks: [...blocks, ...givenBack(typed)],
});
