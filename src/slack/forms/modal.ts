import type { KnownBlock, ModalView } from '@slack/types';

type Modal = {
  readonly callbackId: string;
  readonly title: string;
  /** Absent: there is nothing to send. */
  readonly submit?: string;
  readonly close?: string;
  /** What comes back with it; ids and nothing that a person wrote. */
  readonly kept?: object;
  /** By which it is found although Slack told nobody its id. */
  readonly externalId?: string;
  /** The app is told when it is left unfinished. */
  readonly tellsClosing?: boolean;
  readonly blocks: readonly KnownBlock[];
};

const plain = (text: string) => ({ type: 'plain_text', text }) as const;

export const modal = (of: Modal): ModalView => {
  const { callbackId, title, submit, close = 'Cancel', kept, externalId, tellsClosing, blocks } = of;
  return {
    type: 'modal',
    callback_id: callbackId,
    ...(externalId ? { external_id: externalId } : {}),
    ...(tellsClosing ? { notify_on_close: true } : {}),
    ...(kept ? { private_metadata: JSON.stringify(kept) } : {}),
    title: plain(title),
    ...(submit ? { submit: plain(submit) } : {}),
    close: plain(close),
    blocks: [...blocks],
  };
};
