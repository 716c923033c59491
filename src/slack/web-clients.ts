import { AsyncResource } from 'node:async_hooks';
import {
  type Logger,
  LogLevel,
  type WebAPICallResult,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { Clock, Log } from '../shared/system.ts';
import { fallBackToText } from './fall-back-to-text.ts';
import type { CallOutcome, SlackMeter } from './ports.ts';
import type { SlackClient } from './slack-client.ts';
import { BAD_TOKEN, slackErrorCode, whyNoAnswer } from './slack-failure.ts';

const text = (parts: readonly unknown[]): string =>
  parts
    .map((part) =>
      part instanceof Error ? part.message : typeof part === 'string' ? part : (JSON.stringify(part) ?? ''),
    )
    .join(' ');

/**
 * Where a line begins to quote what was sent or came back: what people wrote, or a key that somebody pasted. What Slack
 * says of a block it says as a whole; `readContentRefusal` knows what of it can be logged.
 */
const QUOTED = /^.*\[json-pointer:|[{[]|(?<=\b(?:body|result|message|payload)\b[^:]{0,20}: )/is;

const withoutPayload = (line: string): string => {
  const at = line.search(QUOTED);
  return at < 0 ? line : `${line.slice(0, at)}… (what people write is not logged)`;
};

/** Slack's packages log through our log, so that its scrubber sees their lines too; nothing of what they carry. */
export const boltLogger = (log: Log): Logger => ({
  debug: (...parts) => log.debug({ from: 'slack' }, withoutPayload(text(parts))),
  info: (...parts) => log.debug({ from: 'slack' }, withoutPayload(text(parts))),
  warn: (...parts) => log.warn({ from: 'slack' }, withoutPayload(text(parts))),
  error: (...parts) => log.error({ from: 'slack' }, withoutPayload(text(parts))),
  setLevel: () => undefined,
  getLevel: () => LogLevel.DEBUG,
  setName: () => undefined,
});

const outcomeOf = (error: unknown): CallOutcome => {
  if (error instanceof WebAPIRateLimitedError) return 'limited';
  return error instanceof WebAPIPlatformError ? 'refused' : 'no_answer';
};

/** What the client sends goes through it; it is the client's own, and holds all of it back after a 429. */
type Queue = { add: (task: () => unknown) => Promise<unknown> };

type Deps = { readonly log: Log; readonly meter: SlackMeter | undefined };

/**
 * Slack's client: what it sends falls back to text, and each call with its repetitions counts as one. A class because
 * Slack binds its methods to one.
 */
class AppWebClient extends WebClient {
  readonly #deps: Deps;

  constructor(deps: Deps, token: string, options: WebClientOptions) {
    super(token, options);
    this.#deps = deps;
    // Whoever ends a pause of Slack's would lend its reference to what was queued meanwhile.
    // biome-ignore lint/complexity/useLiteralKeys: it is private, which TypeScript overlooks for nothing else
    const queue: Queue = this['requestQueue'];
    const add = queue.add.bind(queue);
    queue.add = (task) => add(AsyncResource.bind(task));
  }

  override apiCall(method: string, options: Record<string, unknown> = {}): Promise<WebAPICallResult> {
    return fallBackToText(this.#deps, method, options, async (body) => {
      const done = (outcome: CallOutcome): void => this.#deps.meter?.slackCalled(method, outcome);
      try {
        const result = await super.apiCall(method, body);
        done('ok');
        return result;
      } catch (error) {
        done(outcomeOf(error));
        throw error;
      }
    });
  }
}

export type WebClients = {
  /** For people who wait: fails fast rather than queue behind a rate limit (a trigger lives 3 seconds). */
  readonly interactive: SlackClient;
  /** For messages that must arrive some time: waits for rate limits. One shared client would stall both. */
  readonly background: SlackClient;
  /** For what must not be posted twice: one attempt, so a lost answer is known to be lost. */
  readonly once: SlackClient;
};

const common = (log: Log, slackApiUrl: string | undefined): WebClientOptions => ({
  logger: boltLogger(log),
  ...(slackApiUrl ? { slackApiUrl } : {}),
});

/** For the app-level token, which opens connections. Without retries: who asks waits and says what is wrong. */
export const createSocketClient = (appToken: string, slackApiUrl: string | undefined, log: Log): WebClient =>
  new WebClient(appToken, {
    ...common(log, slackApiUrl),
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
  });

export const createWebClients = (
  token: string,
  slackApiUrl: string | undefined,
  log: Log,
  meter?: SlackMeter,
): WebClients => {
  const client = (options: WebClientOptions) =>
    new AppWebClient({ log, meter }, token, { ...common(log, slackApiUrl), ...options });
  return {
    interactive: client({
      timeout: 5_000,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 1, minTimeout: 200, maxTimeout: 500 },
    }),
    background: client({ timeout: 15_000, retryConfig: { retries: 3, minTimeout: 500 } }),
    once: client({
      timeout: 15_000,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
    }),
  };
};

export type BotIdentity = {
  readonly botId: string;
  readonly userId: string;
  readonly teamId: string | null;
  /** The app that the token belongs to; `null` when Slack doesn't say. */
  readonly appId: string | null;
};

/** auth.test does not say it. Payloads of another app are refused where it is known; where not, the signature stands alone. */
const appIdOf = async (client: SlackClient, botId: string | undefined, log: Log): Promise<string | null> => {
  if (!botId) return null;
  try {
    const { bot } = await client.bots.info({ bot: botId });
    return bot?.app_id ?? null;
  } catch (error) {
    log.debug({ code: slackErrorCode(error) }, "Slack doesn't say which app the token belongs to");
    return null;
  }
};

/**
 * Who the bot token is. Waits for Slack as long as it takes; only a token that Slack refuses ends the start.
 * @throws Error when Slack refuses the token
 */
export const identifyBot = async (client: SlackClient, clock: Clock, log: Log): Promise<BotIdentity> => {
  for (let wait = 500; ; wait = Math.min(wait * 2, 30_000)) {
    try {
      const who = await client.auth.test();
      // Bolt asks auth.test again on every request when an id is empty.
      return {
        botId: who.bot_id || 'unknown',
        userId: who.user_id || 'unknown',
        teamId: who.team_id ?? null,
        appId: await appIdOf(client, who.bot_id, log),
      };
    } catch (error) {
      const code = slackErrorCode(error);
      if (BAD_TOKEN.includes(code))
        throw new Error(`Slack refuses SLACK_BOT_TOKEN (${code}). Copy it again from OAuth & Permissions.`);
      log.warn({ err: error, retryInMs: wait }, `Slack can't be reached yet: ${whyNoAnswer(error)}`);
      await clock.sleep(wait);
    }
  }
};

/** Whether Slack answers and takes the bot token: what is wrong, or `null`. @throws when there is no answer */
export const askSlack = async (client: SlackClient): Promise<string | null> => {
  try {
    await client.auth.test();
    return null;
  } catch (error) {
    // It is there, and knows us.
    if (error instanceof WebAPIRateLimitedError) return null;
    const code = slackErrorCode(error);
    if (code) return `Slack refuses the bot token (${code})`;
    throw error;
  }
};
