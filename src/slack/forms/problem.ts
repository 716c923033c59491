import type { KnownBlock, ModalView } from '@slack/types';
import { actions, button } from '../blocks.ts';
import type { Reply } from '../messages/reply.ts';

type Way = {
  /** The button that brings the form back with everything that was typed. */
  readonly back?: { readonly actionId: string; readonly formId: string };
};

/** In place of a form that can't go on: what happened, and the way back. */
export const problemView = (title: string, { blocks }: Reply, { back }: Way = {}): ModalView => ({
  type: 'modal',
  callback_id: 'problem',
  private_metadata: JSON.stringify(back ? { formId: back.formId } : {}),
  title: { type: 'plain_text', text: title },
  close: { type: 'plain_text', text: back ? 'Cancel' : 'Close' },
  blocks: back ? [...blocks, backButton(back.actionId)] : [...blocks],
});

export const backButton = (actionId: string): KnownBlock => actions('back', [button('Back', actionId)]);
