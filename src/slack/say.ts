import type { WebClient } from '@slack/web-api';
import type { Log } from '../shared/system.ts';
import { within } from '../shared/within.ts';
import { note } from './blocks.ts';
import { fallBackToText } from './fall-back-to-text.ts';
import type { Say } from './person.ts';
import { type Reply, reply } from './reply.ts';
import { slackErrorCode } from './slack-error-code.ts';
import { Unsaid } from './unsaid.ts';

type Respond = (message: Readonly<Record<string, unknown>>) => Promise<unknown>;

type Where = { readonly channel: string | null; readonly user: string };

/** Where the app is no member it can't show anything: then it goes to the person's direct messages. */
const sendTo = async (
  client: WebClient,
  { channel, user }: Where,
  body: { readonly text: string; readonly blocks?: Reply['blocks'] },
): Promise<void> => {
  if (channel) {
    try {
      await client.chat.postEphemeral({ ...body, channel, user });
      return;
    } catch (error) {
      if (!/channel|archived/.test(slackErrorCode(error))) throw error;
    }
  }
  await client.chat.postMessage({ ...body, channel: user });
};

const sayTo = (client: WebClient, where: Where, body: Parameters<typeof sendTo>[2]): Promise<void> =>
  sendTo(client, where, body).catch((error: unknown) => {
    throw new Unsaid(error);
  });

/**
 * Answers through the payload's response_url (5 uses in 30 minutes), else with an ephemeral message; what was asked in
 * the Home or a form has neither and is answered in the person's direct messages.
 */
export const createSay =
  (respond: Respond | null, client: WebClient, where: Where, log: Log): Say =>
  async ({ text, blocks }, options = {}) => {
    const body = { text, ...(blocks.length > 0 ? { blocks } : {}) };
    if (!respond) return sayTo(client, where, body);
    const how = {
      response_type: options.everybody ? 'in_channel' : 'ephemeral',
      replace_original: options.replace ?? false,
    };
    try {
      await fallBackToText({ log }, 'response_url', { ...body, ...how }, respond);
    } catch (error) {
      log.warn({ err: error }, 'could not answer through response_url, sending a message instead');
      await sayTo(client, where, body);
    }
  };

const PATIENCE_MS = 1_500;

type Answering = {
  /** In place of the message whose button was pressed, as pages and filters of a list do. */
  readonly replace?: boolean;
  /** Beside the message whose button was pressed, which stays. */
  readonly beside?: boolean;
  /** The answer is for the whole channel. */
  readonly everybody?: boolean;
};

/**
 * Says something at once when the answer takes long, and puts the answer in its place where there is no other.
 * @param answer `null`: it arrived in another way
 */
export const sayWhenReady = async (
  say: Say,
  what: string,
  answer: () => Promise<Reply | null>,
  { replace = false, beside = false, everybody = false }: Answering = {},
): Promise<void> => {
  const waiting: Array<Promise<unknown>> = [];
  const answering = answer();
  await within(PATIENCE_MS, answering, () => {
    waiting.push(say(reply(`⏳ ${what} …`, [note(`⏳ ${what} …`)]), { replace }).catch(() => undefined));
  });
  const message = await answering;
  await Promise.all(waiting);
  if (!message) return;
  // Slack replaces the message that was pressed, never the words said meanwhile.
  await say(message, { replace: replace || (!beside && waiting.length > 0), everybody });
};
