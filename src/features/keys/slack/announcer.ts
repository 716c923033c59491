import { ending } from '../../../runs/slack/endings.ts';
import { doneAndNot } from '../../../runs/slack/run-steps.ts';
import type { Log } from '../../../shared/system.ts';
import { line, note } from '../../../slack/blocks.ts';
import { connectRow } from '../../../slack/error.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import { sendDirect } from '../../../slack/say.ts';
import type { SlackClient } from '../../../slack/slack-client.ts';
import type { Announcer, KeyEvent } from '../ports.ts';

/** What happened to a key, for whom it concerns. */
export const keyEventMessage = (event: KeyEvent): Reply => {
  switch (event.kind) {
    case 'refused': {
      const text =
        "Syncro no longer accepts your key: it was revoked or has expired. I can't post anything as you until you connect a new one. What you already confirmed is kept.";
      return reply(text, [line({ bold: '! ' }, text), connectRow()]);
    }
    case 'shared_refused': {
      const text =
        'Syncro no longer accepts the shared key from the settings: it was revoked or has expired. People without their own key see nothing until it is replaced.';
      return reply(text, [line({ bold: '! ' }, text)]);
    }
    case 'mismatch': {
      const text = `${event.message} Nothing is sent to Syncro for ${event.technician.name} until that is fixed: their key in the settings or the vault, or syncro_user_id.`;
      return reply(text, [line({ bold: '! ' }, text)]);
    }
    case 'run_stopped': {
      const { run } = event;
      const text = `${run.technician.name}'s work on ${run.ticket.number === null ? 'a new ticket' : `#${run.ticket.number}`} was stopped: ${run.stoppedBecause ?? ''} ${doneAndNot(run)} ${ending(run)}`;
      return reply(`${text} Ref ${run.ref}`, [line({ bold: '! ' }, text), note(`ref ${run.ref}`)]);
    }
    case 'disconnected': {
      const text = `${event.by} disconnected the Syncro key that you had connected here. See /syncro whoami.`;
      return reply(text, [line(text), connectRow()]);
    }
  }
};

/** Tells people about their keys, one direct message each. */
export const createAnnouncer = (client: SlackClient, log: Log): Announcer => ({
  tell: (slackUser, event) => sendDirect(client, slackUser, keyEventMessage(event), log),
});
