import type { ModalView } from '@slack/types';
import type { FormValues } from './forms/form-values.ts';
import { givenBack } from './forms/give-back.ts';
import type { Reply } from './reply.ts';

/** The polite refusal as a view, for a form submitted by somebody who may not. */
export const strangerView = ({ blocks }: Reply, typed: FormValues = {}): ModalView => ({
  type: 'modal',
  callback_id: 'stranger',
  title: { type: 'plain_text', text: 'Syncro' },
  close: { type: 'plain_text', text: 'Close' },
  blocks: [...blocks, ...givenBack(typed)],
});
