import type { KnownBlock, ModalView } from '@slack/types';
import { looksLikeToken } from '../../shared/token.ts';
import { actions, button, line, quote } from '../blocks.ts';
import type { Reply } from '../reply.ts';
import { pieces } from './fit-view.ts';
import type { FormValues } from './form-values.ts';
import { modal } from './modal.ts';

/** Of a form that is gone, so many fields; ours have five. */
const MOST_FIELDS = 10;
/** Where a key is typed: it is in nothing that the app shows. */
const SECRET = 'token';

const textsOf = (values: FormValues): readonly string[] =>
  Object.entries(values)
    .filter(([field]) => field !== SECRET)
    .flatMap(([, inputs]) => Object.values(inputs).map(({ value }) => value?.trim() ?? ''))
    .filter((text) => text !== '' && !looksLikeToken(text))
    .slice(0, MOST_FIELDS);

/** What was typed into a form that can't be used, to be copied; nothing where nothing was typed. */
const givenBack = (values: FormValues): readonly KnownBlock[] => {
  const texts = textsOf(values);
  return texts.length === 0 ? [] : [line('Here is what you typed:'), ...texts.flatMap(pieces).slice(0, 40).map(quote)];
};

/** A view that only says something. */
export const plainView = (callbackId: string, title: string, blocks: readonly KnownBlock[]): ModalView =>
  modal({ callbackId, title, close: 'Close', blocks });

/** One sentence in place of a form. */
export const noticeView = (title: string, text: string): ModalView => plainView('notice', title, [line(text)]);

/** For a form that an older version of the app showed, or that lacks what this one asks for. */
export const olderVersionView = (values: FormValues): ModalView =>
  plainView('older-version', 'Syncro', [
    line({ bold: '! ' }, 'This form is from another version of the app. Nothing was sent. Open it again from /syncro.'),
    ...givenBack(values),
  ]);

/** The polite refusal as a view, for a form submitted by somebody who may not. */
export const strangerView = ({ blocks }: Reply, typed: FormValues = {}): ModalView =>
  plainView('stranger', 'Syncro', [...blocks, ...givenBack(typed)]);

/** The button that brings a form back with everything that was typed. */
export type Back = { readonly actionId: string; readonly formId: string };

type Way = {
  readonly back?: Back;
  /** The form lies below: Slack's own button leads back to it. */
  readonly above?: boolean;
  /** What is nowhere else. */
  readonly typed?: FormValues;
};

export const backButton = (actionId: string): KnownBlock => actions('back', [button('Back', actionId)]);

/** In place of a form that can't go on: what happened, and the way back. */
export const problemView = (
  title: string,
  { blocks }: Reply,
  { back, above = false, typed = {} }: Way = {},
): ModalView =>
  modal({
    callbackId: 'problem',
    kept: back ? { formId: back.formId } : {},
    title,
    close: above ? 'Back' : back ? 'Cancel' : 'Close',
    blocks: [...blocks, ...givenBack(typed), ...(back ? [backButton(back.actionId)] : [])],
  });
