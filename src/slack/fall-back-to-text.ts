import type { HomeView, ModalView } from '@slack/types';
import { currentRef } from '../shared/request-context.ts';
import type { Log } from '../shared/system.ts';
import { line, note } from './blocks.ts';
import { readContentRefusal } from './content-refusal.ts';

/** The arguments of a call. */
type Body = Readonly<Record<string, unknown>>;

/** It may take the place of what says that something was done, so it does not say that nothing was. */
const notShown = (type: unknown): ModalView | HomeView => {
  const what = type === 'home' ? 'page' : 'form';
  const next = 'Check in Syncro before you repeat anything, and tell your admin the reference.';
  const ref = currentRef();
  const blocks = [
    line({ bold: '! ' }, `Slack could not show this ${what}. ${next}`),
    ...(ref === undefined ? [] : [note(`ref ${ref}`)]),
  ];
  if (type === 'home') return { type, blocks };
  return {
    type: 'modal',
    callback_id: 'not-shown',
    title: { type: 'plain_text', text: 'Syncro' },
    close: { type: 'plain_text', text: 'Close' },
    blocks,
  };
};

/** `null`: it has no text to fall back on. */
const textOnly = (body: Body): Body | null => {
  const { text, blocks, view } = body;
  if (typeof view === 'object' && view !== null) return { ...body, view: notShown('type' in view ? view.type : null) };
  // An empty list: chat.update keeps the blocks of a message that it is told nothing about.
  return text && Array.isArray(blocks) && blocks.length > 0 ? { ...body, blocks: [] } : null;
};

/**
 * Sends a message or view. Where Slack refuses it because of what it holds, which is a bug of the app, the log says what,
 * and the text of the message goes out alone, or a view that says so.
 * @param call the method of the Web API, or what else takes it
 * @throws what `send` throws
 */
export const fallBackToText = async <T>(
  { log }: { readonly log: Log },
  call: string,
  body: Body,
  send: (body: Body) => Promise<T>,
): Promise<T> => {
  try {
    return await send(body);
  } catch (error) {
    const refusal = readContentRefusal(error);
    if (!refusal) throw error;
    log.error({ call, ...refusal }, 'Slack refuses what a message or form holds');
    const plain = textOnly(body);
    if (!plain) throw error;
    return send(plain);
  }
};
