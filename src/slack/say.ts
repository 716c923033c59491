import { WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';
import { isAppError } from '../shared/errors.ts';
import type { Log } from '../shared/system.ts';
import { within } from '../shared/within.ts';
import { actions, button, note } from './blocks.ts';
import { type CopiedReply, type CopyFirst, stillCurrent, withAsOf } from './copy-first.ts';
import { fallBackToText } from './fall-back-to-text.ts';
import { failureReply, type Say } from './person.ts';
import type { Pressed } from './pressed.ts';
import { type Reply, reply, sentence } from './reply.ts';
import type { SlackClient } from './slack-client.ts';
import { slackErrorCode, Unsaid } from './slack-failure.ts';

/** A Slack that says nothing for this long is not waited for: the answer goes out as a message. */
const RESPONSE_URL_MS = 10_000;

const refusal = z.looseObject({ ok: z.literal(false), error: z.string() });

/** JSON like that of the Web API, or only its word. */
const refusalIn = (answer: string): z.infer<typeof refusal> | undefined => {
  if (/^[a-z_]+$/.test(answer) && answer !== 'ok') return { ok: false, error: answer };
  try {
    return refusal.safeParse(JSON.parse(answer)).data;
  } catch {
    return undefined;
  }
};

/**
 * Answers through a payload's response_url. Bolt's `respond` drops what Slack says of a refusal, and takes one with
 * status 200 for an answer.
 * @throws WebAPIPlatformError with Slack's words where it gives any; DOMException when Slack is silent
 */
export const respondAt =
  (url: string) =>
  async (message: Readonly<Record<string, unknown>>): Promise<void> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(RESPONSE_URL_MS),
    });
    const refused = refusalIn(await response.text());
    if (refused) throw new WebAPIPlatformError(refused);
    if (!response.ok) throw new Error(`Slack's response_url answered with HTTP ${response.status}`);
  };

type Respond = (message: Readonly<Record<string, unknown>>) => Promise<unknown>;

type Where = { readonly channel: string | null; readonly user: string };

/** Where the app is no member it can't show anything: then it goes to the person's direct messages. */
const sendTo = async (
  client: SlackClient,
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

const sayTo = (client: SlackClient, where: Where, body: Parameters<typeof sendTo>[2]): Promise<void> =>
  sendTo(client, where, body).catch((error: unknown) => {
    throw new Unsaid(error);
  });

/**
 * Answers through the payload's response_url (5 uses in 30 minutes), else with an ephemeral message; what was asked in
 * the Home or a form has neither and is answered in the person's direct messages.
 */
export const createSay =
  (respond: Respond | null, client: SlackClient, where: Where, log: Log): Say =>
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

/** Whoever waits longer is told that it goes on. */
const PATIENCE_MS = 1_500;

type Answering = {
  /** What is there to show when the answer takes long. */
  readonly copy?: CopyFirst;
  /** In place of the message whose button was pressed, as pages and filters of a list do. */
  readonly replace?: boolean;
  /** Beside the message whose button was pressed, which stays. */
  readonly beside?: boolean;
  /** The answer is for the whole channel. */
  readonly everybody?: boolean;
};

/** Syncro's answer may be remembered, and then it is there by then. */
const AT_ONCE_MS = 50;

/**
 * Says something at once when the answer takes long, and puts the answer in its place where there is no other. What was
 * copied is said, where there is such: right away when it is known that the answer takes its time.
 * @param answer `null`: it arrived in another way
 */
export const sayWhenReady = async (
  say: Say,
  what: string,
  answer: () => Promise<Reply | null>,
  { replace = false, beside = false, everybody = false, copy }: Answering = {},
): Promise<void> => {
  const waiting: Array<Promise<unknown>> = [];
  let shown: CopiedReply | null = null;
  let answered = false;
  const answering = answer().finally(() => {
    answered = true;
  });
  const showCopy = async (): Promise<void> => {
    if (!copy || shown) return;
    const copied = await copy.read().catch((error: unknown) => {
      // Whoever may not read hears of it from Syncro's own answer.
      if (!isAppError(error)) copy.deps.log.error({ err: error }, 'the copy could not be shown');
      return null;
    });
    if (!copied || answered) return;
    shown = copied;
    await say(withAsOf(copied, copy.deps), { replace, stage: 'copy' });
  };
  const meanwhile = async (): Promise<void> => {
    await showCopy();
    if (!shown && !answered) await say(reply(`⏳ ${what} …`, [note(`⏳ ${what} …`)]), { replace });
  };
  const isSlow = copy && (copy.deps.isFull() || copy.deps.downSince() !== null);
  const later = (work: () => Promise<void>) => () => void waiting.push(work().catch(() => undefined));
  const settling = settle(answering);
  if (isSlow) await within(AT_ONCE_MS, settling, later(showCopy));
  await within(PATIENCE_MS, settling, later(meanwhile));
  const settled = await settling;
  await Promise.all(waiting);
  if (copy && shown) return bringUpToDate(say, copy, shown, settled, replace);
  if ('error' in settled) throw settled.error;
  // Slack replaces the message that was pressed, never the words said meanwhile.
  if (settled.message) await say(settled.message, { replace: replace || (!beside && waiting.length > 0), everybody });
};

type Settled = { readonly message: Reply | null } | { readonly error: unknown };

const settle = (answering: Promise<Reply | null>): Promise<Settled> =>
  answering.then(
    (message) => ({ message }),
    (error: unknown) => ({ error }),
  );

/** Syncro can't be asked for the moment, so what was copied is the best that there is. */
const isAway = (error: unknown): boolean =>
  isAppError(error) && (error.code === 'unreachable' || error.code === 'rate_limited');

/**
 * Says what Syncro has answered to who sees the copy. Slack lets the message be changed whose button was pressed. What
 * was said to a command it does not, so that gets a second message; a short one where the copy was right.
 */
const bringUpToDate = async (
  say: Say,
  { deps }: CopyFirst,
  shown: CopiedReply,
  settled: Settled,
  replace: boolean,
): Promise<void> => {
  if ('error' in settled) {
    if (!replace || !isAway(settled.error)) throw settled.error;
    return say(withAsOf(shown, deps), { replace, stage: 'update' });
  }
  const { message } = settled;
  if (!message) return;
  const isSame = JSON.stringify(message) === JSON.stringify(shown.reply);
  await say(isSame && !replace ? stillCurrent(deps.clock.now()) : message, { replace, stage: 'update' });
};

/**
 * Puts the answer in place of the message that was pressed. When it takes long, that message says so meanwhile; a
 * failure then stands in its place with a way back to the ticket, and else beside it.
 */
export const answerInPlace = async (
  pressed: Pressed,
  number: number,
  what: string,
  answer: () => Promise<Reply>,
): Promise<void> => {
  const { deps, technician, say, command } = pressed;
  const waiting: Array<Promise<unknown>> = [];
  const answering = answer();
  try {
    await within(PATIENCE_MS, answering, () => {
      waiting.push(say(sentence(`⏳ ${what} …`), { replace: true }).catch(() => undefined));
    });
    const message = await answering;
    await Promise.all(waiting);
    await say(message, { replace: true });
  } catch (error) {
    if (waiting.length === 0) throw error;
    await Promise.all(waiting);
    const { text, blocks } = failureReply(deps, error, { command, writing: true, who: technician.name });
    const back = actions('back', [button(`Show #${number}`, 'ticket:show', { value: String(number) })]);
    await say(reply(text, [...blocks, back]), { replace: true });
  }
};

/** A direct message needs its channel; where conversations.open is not to be had, Slack also takes the member id. */
export const openDm = async (client: SlackClient, user: string, log: Log): Promise<string> => {
  try {
    const { channel } = await client.conversations.open({ users: user });
    return channel?.id ?? user;
  } catch (error) {
    log.debug({ err: error }, 'conversations.open failed, posting to the member id');
    return user;
  }
};

/** Says something in somebody's direct messages with the app, where it stays. */
export const sendDirect = async (
  client: SlackClient,
  user: string,
  { text, blocks }: Reply,
  log: Log,
): Promise<void> => {
  await client.chat.postMessage({
    channel: await openDm(client, user, log),
    text,
    ...(blocks.length > 0 ? { blocks } : {}),
    unfurl_links: false,
    unfurl_media: false,
  });
};
