import { escapeTo } from '../../../slack/blocks.ts';
import { type Rows, reads } from '../../../slack/feature.ts';
import type { Action, Pressed } from '../../../slack/pressed.ts';
import type { Reply } from '../../../slack/reply.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { slackErrorCode } from '../../../slack/slack-failure.ts';
import { numberOf } from '../../tickets/slack/typed-ticket.ts';
import type { SessionLogsUse, WrittenLog } from '../write.ts';
import { alreadyThereMessage, notUploadedMessage, sessionLogCaption } from './messages.ts';

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
    return notUploadedMessage(log, slackErrorCode(error));
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
