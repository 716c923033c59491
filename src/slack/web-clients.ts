import type { WebClient, WebClientOptions } from '@slack/web-api';
import type { Clock, Log } from '../shared/system.ts';
import { boltLogger } from './bolt-logger.ts';
import type { SlackMeter } from './meter.ts';
import { slackErrorCode } from './slack-error-code.ts';
import { AppWebClient } from './web-client.ts';

export type WebClients = {
  /** For people who wait: fails fast rather than queue behind a rate limit (a trigger lives 3 seconds). */
  readonly interactive: WebClient;
  /** For messages that must arrive some time: waits for rate limits. One shared client would stall both. */
  readonly background: WebClient;
  /** For what must not be posted twice: one attempt, so a lost answer is known to be lost. */
  readonly once: WebClient;
};

export const createWebClients = (
  token: string,
  slackApiUrl: string | undefined,
  log: Log,
  meter?: SlackMeter,
): WebClients => {
  const common = { logger: boltLogger(log), ...(slackApiUrl ? { slackApiUrl } : {}) };
  const client = (options: WebClientOptions) => new AppWebClient({ log, meter }, token, { ...common, ...options });
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
const appIdOf = async (client: WebClient, botId: string | undefined, log: Log): Promise<string | null> => {
  if (!botId) return null;
  try {
    const { bot } = await client.bots.info({ bot: botId });
    return bot?.app_id ?? null;
  } catch (error) {
    log.debug({ code: slackErrorCode(error) }, "Slack doesn't say which app the token belongs to");
    return null;
  }
};

/** Slack's words for a token that no retry makes good. */
const HOPELESS = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
];

/**
 * Who the bot token is. Waits for Slack as long as it takes; only a token that Slack refuses ends the start.
 * @throws Error when Slack refuses the token
 */
export const identifyBot = async (client: WebClient, clock: Clock, log: Log): Promise<BotIdentity> => {
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
      if (HOPELESS.includes(code))
        throw new Error(`Slack refuses SLACK_BOT_TOKEN (${code}). Copy it again from OAuth & Permissions.`);
      log.warn({ err: error, retryInMs: wait }, "Slack can't be reached yet");
      await clock.sleep(wait);
    }
  }
};
