import type { WebClient } from '@slack/web-api';
import type { Log } from '../../../shared/system.ts';
import { sendDirect } from '../../../slack/say.ts';
import type { Announcer } from '../ports.ts';
import { keyEventMessage } from './key-event.ts';

/** Tells people about their keys, one direct message each. */
export const createAnnouncer = (client: WebClient, log: Log): Announcer => ({
  tell: (slackUser, event) => sendDirect(client, slackUser, keyEventMessage(event), log),
});
