import type { WebClient } from '@slack/web-api';
import type { Announcer } from '../app/ports/keys.ts';
import type { Log } from '../app/ports/system.ts';
import { sendDirect } from './direct-message.ts';
import { keyEventMessage } from './messages/key-event.ts';

/** Tells people about their keys, one direct message each. */
export const createAnnouncer = (client: WebClient, log: Log): Announcer => ({
  tell: (slackUser, event) => sendDirect(client, slackUser, keyEventMessage(event), log),
});
