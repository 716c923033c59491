import type { KnownBlock, ModalView } from '@slack/types';
import { actions, button } from '../blocks.ts';
import type { Reply } from '../reply.ts';
import type { FormValues } from './form-values.ts';
import { givenBack } from './give-back.ts';
import { modal } from './modal.ts';

type Way = {
  /** The button that brings the form back with everything that was typed. */
  readonly back?: { readonly actionId: string; readonly formId: string };
  /** What is nowhere else. */
  readonly typed?: FormValues;
};

/** In place of a form that can't go on: what happened, and the way back. */
export const problemView = (title: string, { blocks }: Reply, { back, typed = {} }: Way = {}): ModalView =>
  modal({
    callbackId: 'problem',
    kept: back ? { formId: back.formId } : {},
    title,
    close: back ? 'Cancel' : 'Close',
    blocks: [...blocks, ...givenBack(typed), ...(back ? [backButton(back.actionId)] : [])],
  });

export const backButton = (actionId: string): KnownBlock => actions('back', [button('Back', actionId)]);
