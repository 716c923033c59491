import type { AnyMiddlewareArgs, App as BoltApp, Middleware, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import appModule from '@slack/bolt/dist/App.js';
import receiverModule from '@slack/bolt/dist/receivers/HTTPReceiver.js';
import { z } from 'zod';
import type { Clock, Log } from '../shared/system.ts';
import { within } from '../shared/within.ts';
import type { Handlers } from './handlers.ts';
import type { Deliveries } from './ports.ts';
import { guardRequests } from './request-guard.ts';
import { type WatchDeps, watchRequests } from './watch-requests.ts';
import { type BotIdentity, boltLogger } from './web-clients.ts';

// Bolt's index also loads Express, for a receiver that is not used here: 130 files, an eighth of a bare app's start.
const { default: App } = appModule;
const { default: HTTPReceiver } = receiverModule;

type SlackAppOptions = WatchDeps & {
  readonly botToken: string;
  readonly bot: BotIdentity;
  /** Given: Socket Mode. */
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly slackApiUrl: string | undefined;
  readonly deliveries: Deliveries;
  readonly clock: Clock;
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

const EVENT = z.looseObject({ type: z.literal('event_callback'), event_id: z.string().min(1).max(100) });

/**
 * Slack sends an event again when it did not hear the acknowledgement in time, to whichever copy of the app it likes.
 * Only events: commands and presses are never sent again, and what they do is keyed by the form or step that they are of.
 */
const onlyOnce =
  (deliveries: Deliveries, clock: Clock, log: Log): Middleware<AnyMiddlewareArgs> =>
  async ({ body, next }) => {
    const event = EVENT.safeParse(body);
    if (!event.success) return next();
    const { event_id: id } = event.data;
    const isNew = await deliveries.begin(id, clock.now()).catch((error: unknown) => {
      log.error({ err: error }, 'an event could not be looked up; it is handled all the same');
      return true;
    });
    if (!isNew) return log.debug({ event: id }, 'an event that came before');
    await next();
    // Not reached when handling it failed: then it is taken when Slack sends it again.
    await deliveries.end(id).catch((error: unknown) => log.error({ err: error }, 'an event could not be noted'));
  };

/** Bolt runs every listener that matches, so there is one for each kind of payload, whatever its id. */
const ANY = /.*/;

/** What nobody knows is acknowledged and ignored. Commands, presses and shortcuts were acknowledged by watchRequests. */
const register = (app: BoltApp, handlers: Handlers): void => {
  app.command(ANY, handlers.command);
  app.action(ANY, handlers.press);
  app.shortcut(ANY, handlers.shortcut);
  app.view<ViewSubmitAction>({ callback_id: ANY, type: 'view_submission' }, handlers.form);
  app.view<ViewClosedAction>({ callback_id: ANY, type: 'view_closed' }, handlers.closed);
  app.options(ANY, handlers.typeahead);
  app.event('app_home_opened', handlers.homeOpened);
  app.event('user_change', handlers.memberChanged);
  app.event('link_shared', handlers.linkShared);
};

/**
 * Builds the Bolt app. The bot's ids are given because Bolt would else call auth.test un-awaited, and its failure would
 * end the process.
 */
export const createSlackApp = async (options: SlackAppOptions, handlers: Handlers) => {
  const { appToken, slackApiUrl, log, deliveries, clock } = options;
  const socket = appToken ? await createSocket(appToken, options) : null;
  const http = socket ? null : createHttpReceiver(options);
  /** Bolt's own stop() doesn't wait for what is being handled. */
  const inFlight = new Set<Promise<void>>();
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
  let heardAt = clock.now();
  app.processEvent = (event) => {
    heardAt = clock.now();
    const handled = watched(event, handle).finally(() => inFlight.delete(handled));
    inFlight.add(handled);
    return handled;
  };
  const drained = async (): Promise<void> => {
    // Again and again: a request may have been on its way in.
    while (inFlight.size > 0) await Promise.allSettled(inFlight);
  };
  app.use(onlyOnce(deliveries, clock, log));
  app.error((error) => {
    log.error({ err: error }, 'a Slack request failed');
    return Promise.resolve();
  });
  register(app, handlers);

  return {
    /** Handles POST /slack/events; `null` in Socket Mode. */
    listener: http
      ? guardRequests((req, res) => http.requestListener(req, res), {
          ...{ signingSecret: options.signingSecret ?? '', deliveries, clock, log },
        })
      : null,
    /** In Socket Mode opens the connections; resolves with the first, or when it is known why there is none yet. */
    start: async (): Promise<void> => {
      await socket?.start();
    },
    /** How the connections of Socket Mode are; `null`: HTTP mode. */
    sockets: () => socket?.status() ?? null,
    /** When Slack last handed something over; when this app was built, if it has not yet. Epoch milliseconds. */
    heardAt: () => heardAt,
    /** Takes nothing new, waits for what is in flight, closes. */
    stop: async (graceMs: number): Promise<void> => {
      // The connections go first: what Slack has to hand over from here on goes to another copy of the app.
      const closed = socket?.stop();
      await within(graceMs, drained(), () => undefined);
      await within(SOCKET_CLOSE_MS, closed, () => undefined);
    },
  };
};
