import { actions, button, line } from '../../../slack/blocks.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { WrittenLog } from '../write.ts';

const name = ({ number }: WrittenLog): string => `The session log of #${number}`;

/** Stands over the file in the person's direct messages. */
export const sessionLogCaption = (log: WrittenLog): string => {
  const { number, saved } = log;
  if (saved === null) return `Session log of #${number}.`;
  return saved.result === 'failed'
    ? `Session log of #${number}. Only here: it could not be saved, because ${saved.why}.`
    : `Session log of #${number}, saved as ${saved.path}`;
};

const withDownload = (log: WrittenLog, text: string, label: string): Reply =>
  reply(text, [line(text), actions('session', [button(label, 'session:download', { value: String(log.number) })])]);

export const alreadyThereMessage = (log: WrittenLog, path: string): Reply =>
  withDownload(log, `${name(log)} is already there, as ${path}; nothing has changed since.`, 'Download');

/** @param why Slack's own word for it */
export const notUploadedMessage = (log: WrittenLog, why: string): Reply => {
  const { saved } = log;
  const there =
    saved !== null && saved.result !== 'failed'
      ? `is saved as ${saved.path}, but`
      : `could not be shown${saved ? ` or saved (${saved.why})` : ''}:`;
  return withDownload(log, `${name(log)} ${there} Slack did not take the file${why ? ` (${why})` : ''}.`, 'Try again');
};
