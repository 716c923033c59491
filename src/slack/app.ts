import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../app/ports.ts';
import { boltLogger } from './bolt-logger.ts';
import type { SlackDeps } from './deps.ts';
import { createInFlight } from './in-flight.ts';
import { register } from './register.ts';
import { guardRequests } from './request-guard.ts';
import type { BotIdentity } from './web-clients.ts';

export type SlackAppOptions = {
  readonly botToken: string;
  readonly bot: BotIdentity;
  /** Given: Socket Mode. */
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly slackApiUrl: string | undefined;
  readonly log: Log;
};

export type SlackApp = {
  /** Handles POST /slack/events; absent in Socket Mode. */
  readonly listener: RequestListener | null;
  /** Opens the socket in Socket Mode. */
  start(): Promise<void>;
  /** Takes nothing new, waits for what is in flight (at most `graceMs`), closes. */
  stop(graceMs: number): Promise<void>;
};

const SOCKET_CLOSE_MS = 2_000;

const createReceiver = ({ appToken, signingSecret, slackApiUrl, log }: SlackAppOptions): Receiver => {
  const logger = boltLogger(log);
  if (appToken)
    return new SocketModeReceiver({
      appToken,
      logger,
      installerOptions: { clientOptions: slackApiUrl ? { slackApiUrl } : {} },
    });
  return new HTTPReceiver({
    signingSecret: signingSecret ?? '',
    endpoints: ['/slack/events'],
    logger,
    // What nobody answers is answered, so that no connection hangs; register() leaves nothing unanswered.
    unhandledRequestTimeoutMillis: 3_001,
  });
};

/**
 * Builds the Bolt app. The bot's ids are given because Bolt would else call auth.test un-awaited, and its failure would
 * end the process.
 */
export const createSlackApp = (options: SlackAppOptions, deps: SlackDeps): SlackApp => {
  const receiver = createReceiver(options);
  const inFlight = createInFlight();
  const app = new App({
    receiver,
    token: options.botToken,
    botId: options.bot.botId,
    botUserId: options.bot.userId,
    tokenVerificationEnabled: false,
    convoStore: false,
    logger: boltLogger(options.log),
    clientOptions: options.slackApiUrl ? { slackApiUrl: options.slackApiUrl } : {},
  });
  app.use(async ({ next }) => inFlight.track(next()));
  app.error((error) => {
    options.log.error({ err: error }, 'a Slack request failed');
    return Promise.resolve();
  });
  register(app, deps);

  const http = receiver instanceof HTTPReceiver ? receiver : null;
  return {
    listener: http ? guardRequests((req, res) => http.requestListener(req, res), options.log) : null,
    start: async () => {
      if (!http) await receiver.start();
    },
    stop: async (graceMs) => {
      await inFlight.drained(graceMs);
      if (!http) await Promise.race([receiver.stop(), new Promise((resolve) => setTimeout(resolve, SOCKET_CLOSE_MS))]);
    },
  };
};
