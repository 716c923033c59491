import type { RequestListener } from 'node:http';
import type { Clock, Ids, InRequest, Log } from '../shared/system.ts';
import { within } from '../shared/within.ts';
import { App, HTTPReceiver } from './bolt.ts';
import { boltLogger } from './bolt-logger.ts';
import type { ParseCommand } from './command.ts';
import type { Deliveries } from './deliveries-port.ts';
import type { Handlers } from './handlers.ts';
import { createInFlight } from './in-flight.ts';
import type { SlackMeter } from './meter.ts';
import { onlyOnce } from './only-once.ts';
import { register } from './register.ts';
import { guardRequests } from './request-guard.ts';
import type { SocketStatus } from './socket/receiver.ts';
import { watchRequests } from './watch-requests.ts';
import type { BotIdentity } from './web-clients.ts';

export type SlackAppOptions = {
  readonly botToken: string;
  readonly bot: BotIdentity;
  /** Given: Socket Mode. */
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly slackApiUrl: string | undefined;
  readonly log: Log;
  readonly deliveries: Deliveries;
  readonly meter: SlackMeter;
  readonly inRequest: InRequest;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'ref'>;
  /** Names commands in the log. */
  readonly parse: ParseCommand<never>;
};

export type SlackApp = {
  /** Handles POST /slack/events; absent in Socket Mode. */
  readonly listener: RequestListener | null;
  /** In Socket Mode opens the connections; resolves with the first, or when it is known why there is none yet. */
  start(): Promise<void>;
  /** How the connections of Socket Mode are; `null`: HTTP mode. */
  sockets(): SocketStatus | null;
  /** Takes nothing new, waits for what is in flight (at most `graceMs`), closes. */
  stop(graceMs: number): Promise<void>;
};

const SOCKET_CLOSE_MS = 2_000;

const createSocket = async (appToken: string, { slackApiUrl, log }: SlackAppOptions) => {
  // HTTP mode starts without what it needs.
  const { createSocketReceiver } = await import('./socket/receiver.ts');
  return createSocketReceiver({ appToken, slackApiUrl, log });
};

const createHttpReceiver = ({ signingSecret, log }: SlackAppOptions) =>
  new HTTPReceiver({
    signingSecret: signingSecret ?? '',
    endpoints: ['/slack/events'],
    logger: boltLogger(log),
    // What nobody answers is answered, so that no connection hangs; register() leaves nothing unanswered.
    unhandledRequestTimeoutMillis: 3_001,
  });

/**
 * Builds the Bolt app. The bot's ids are given because Bolt would else call auth.test un-awaited, and its failure would
 * end the process.
 */
export const createSlackApp = async (options: SlackAppOptions, handlers: Handlers): Promise<SlackApp> => {
  const { appToken, slackApiUrl, log, deliveries, clock } = options;
  const socket = appToken ? await createSocket(appToken, options) : null;
  const http = socket ? null : createHttpReceiver(options);
  const inFlight = createInFlight();
  const app = new App({
    ...(socket ? { receiver: socket } : http ? { receiver: http } : {}),
    token: options.botToken,
    botId: options.bot.botId,
    botUserId: options.bot.userId,
    tokenVerificationEnabled: false,
    convoStore: false,
    logger: boltLogger(log),
    clientOptions: slackApiUrl ? { slackApiUrl } : {},
  });
  const handle = app.processEvent.bind(app);
  const watched = watchRequests(options);
  app.processEvent = (event) => inFlight.track(watched(event, handle));
  app.use(onlyOnce(deliveries, clock, log));
  app.error((error) => {
    log.error({ err: error }, 'a Slack request failed');
    return Promise.resolve();
  });
  register(app, handlers);

  return {
    listener: http
      ? guardRequests((req, res) => http.requestListener(req, res), {
          ...{ signingSecret: options.signingSecret ?? '', deliveries, clock, log },
        })
      : null,
    start: async () => {
      await socket?.start();
    },
    sockets: () => socket?.status() ?? null,
    stop: async (graceMs) => {
      // The connections go first: what Slack has to hand over from here on goes to another copy of the app.
      const closed = socket?.stop();
      await inFlight.drained(graceMs);
      await within(SOCKET_CLOSE_MS, closed, () => undefined);
    },
  };
};
