import { actions, button, escapeTo, line } from '../../../slack/blocks.ts';
import { type Rows, reads } from '../../../slack/feature.ts';
import type { Action, Pressed } from '../../../slack/pressed.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { notGranted } from '../../../slack/scopes.ts';
import { slackErrorCode } from '../../../slack/slack-failure.ts';
import { numberOf } from '../../tickets/slack/on-ticket.ts';
import type { WrittenLog } from '../write.ts';
import type { SessionLogsUse } from './use.ts';

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

/** @param why Slack's own word for it, or ours */
export const notUploadedMessage = (log: WrittenLog, why: string): Reply => {
  const { saved } = log;
  const there =
    saved !== null && saved.result !== 'failed'
      ? `is saved as ${saved.path}, but`
      : `could not be shown${saved ? ` or saved (${saved.why})` : ''}:`;
  return withDownload(log, `${name(log)} ${there} Slack didn't accept the file${why ? ` (${why})` : ''}.`, 'Try again');
};

/** Puts the file where the button was pressed, a direct message. `null`: it is there. */
const upload = async ({ deps, technician, channel }: Pressed, log: WrittenLog): Promise<Reply | null> => {
  const { client } = deps;
  try {
    const dm = channel ?? (await client.conversations.open({ users: technician.slackUser })).channel?.id;
    await client.files.uploadV2({
      channel_id: dm,
      filename: log.file,
      content: log.text,
      initial_comment: escapeTo(sessionLogCaption(log), 3_000),
    });
    return null;
  } catch (error) {
    deps.log.warn({ err: error, ticket: log.number }, 'a session log could not be uploaded');
    return notUploadedMessage(log, notGranted(error) ?? slackErrorCode(error));
  }
};

/** Writes the log and sends it to the person; one that is there as it is would only be there twice. */
const sessionLog =
  (always: boolean): Action<SessionLogsUse> =>
  (pressed) =>
    sayWhenReady(
      pressed.say,
      'Writing the session log',
      async () => {
        const log = await pressed.use.writeSessionLog(pressed.technician, numberOf(pressed.value));
        const { saved } = log;
        if (saved?.result === 'failed')
          pressed.deps.log.error({ why: saved.why, ticket: log.number }, 'a session log could not be saved');
        if (saved?.result === 'already_there' && !always) return alreadyThereMessage(log, saved.path);
        return upload(pressed, log);
      },
      { beside: true },
    );

/** Writes a ticket's story into a file. */
export const sessionLogsRows: Rows<SessionLogsUse> = {
  buttons: { 'session:log': reads(sessionLog(false)), 'session:download': reads(sessionLog(true)) },
};
