import type { KnownBlock, ModalView } from '@slack/types';

type Modal = {
  readonly callbackId: string;
  readonly title: string;
  /** Absent: there is nothing to send. */
  readonly submit?: string;
  readonly close?: string;
  /** What comes back with it; ids and nothing that a person wrote. */
  readonly kept?: object;
  readonly blocks: readonly KnownBlock[];
};

const plain = (text: string) => ({ type: 'plain_text', text }) as const;

export const modal = ({ callbackId, title, submit, close = 'Cancel', kept, blocks }: Modal): ModalView => ({
  type: 'modal',
  callback_id: callbackId,
  ...(kept ? { private_metadata: JSON.stringify(kept) } : {}),
  title: plain(title),
  ...(submit ? { submit: plain(submit) } : {}),
  close: plain(close),
  blocks: [...blocks],
});
