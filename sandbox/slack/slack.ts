import { type EventOptions, sendEvent, type Wiring } from './acts-on-commands.ts';
import { until } from './changes.ts';
import { type Ack, type ApiCall, createCore } from './core.ts';
import { createDelivery } from './delivery.ts';
import { createFaults, createRateLimits, type Fault } from './faults.ts';
import type { Tamper } from './http-delivery.ts';
import type { Json } from './json.ts';
import { APP_ID, BOT_ID, BOT_USER_ID, type SlackOptions, TEAM_ID } from './options.ts';
import { createPerson, type Person } from './person.ts';
import { createResponseUrls } from './response-urls.ts';
import { createSlackServer, type Route } from './server.ts';
import { createSocketDelivery, type SocketDelivery } from './socket-delivery.ts';
import type { Workspace } from './workspace.ts';

export type { ActResult, SubmitResult } from './act-result.ts';
export type { SeenMessage } from './client-message.ts';
export type { Modal } from './client-modal.ts';
export type { Person, SlackOptions };

/** A running fake for Slack. */
export type SlackSandbox = {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** What the app takes as `slackApiUrl`; ends with `/`. */
  readonly apiUrl: string;
  readonly signingSecret: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly teamId: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  /** @throws for an id that nobody has. */
  readonly person: (userId: string) => Person;
  readonly workspace: Workspace;
  /** Everything that Slack would have refused, and everything that a careful app doesn't do. Tests expect none. */
  readonly problems: string[];
  /** Every Web API call and use of a response URL. */
  readonly calls: readonly ApiCall[];
  /** Every delivery's ack. */
  readonly acks: readonly Ack[];
  /** HTTP from now on; undefined: Socket Mode. */
  readonly deliverTo: (url: string | undefined) => void;
  readonly tamperNext: (tamper: Tamper, times?: number) => void;
  /** `method` may also be `response_url`. */
  readonly failNext: (method: string, fault: Fault, times?: number) => void;
  readonly limitRates: (enabled: boolean) => void;
  /** Any event of the Events API: `{ type: 'user_change', … }`. @returns the ack of the first attempt. */
  readonly sendEvent: (event: Json, options?: EventOptions) => Promise<Ack>;
  /** Makes triggers and response URLs older; sends what is due by then: scheduled messages, repeated events. */
  readonly advance: (ms: number) => void;
  readonly socket: Pick<SocketDelivery, 'connections' | 'repeated' | 'disconnect' | 'cut' | 'mute'>;
  /** Called after everything that can be seen. @returns stops it. */
  readonly onChange: (listener: () => void) => () => void;
  /** Waits until `look` says yes, asked at every change: `until(() => slack.calls.length === 3)`. */
  readonly until: (look: () => boolean, timeoutMs?: number) => Promise<void>;
  /** Adds pages beside Slack's own paths (`/api`, `/response`, `/upload`, `/files`). */
  readonly route: (route: Route) => void;
  /** For acting by ids, as a page does: `runSlash`, `act`, `submitView`, … of `acts-on-*.ts` take it. */
  readonly wiring: Wiring;
  /** Resolves once no delivery is under way. */
  readonly idle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Starts Slack's fake on 127.0.0.1. */
export const startSlack = async (options: SlackOptions = {}): Promise<SlackSandbox> => {
  const core = createCore(options);
  const responseUrls = createResponseUrls(core);
  const socket = createSocketDelivery(core);
  const delivery = createDelivery(core, socket, options.deliverTo);
  const faults = createFaults();
  const rateLimits = createRateLimits(core.clock, options.rateLimits ?? false);
  const routes: Route[] = [];
  const server = createSlackServer({ core, responseUrls, socket, faults, rateLimits, routes });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  core.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const wiring: Wiring = { core, delivery, responseUrls };
  const names = {
    user: (id: string) => core.workspace.users.get(id)?.name ?? id,
    channel: (id: string) => core.workspace.channels.get(id)?.name ?? id,
  };
  const { signingSecret, botToken, appToken } = core.settings;
  return {
    url: core.url,
    apiUrl: `${core.url}/api/`,
    signingSecret,
    botToken,
    appToken,
    teamId: TEAM_ID,
    appId: APP_ID,
    botId: BOT_ID,
    botUserId: BOT_USER_ID,
    person: (userId) => {
      const user = core.workspace.users.get(userId);
      if (!user)
        throw new Error(`nobody has the id ${userId}; there are ${[...core.workspace.users.keys()].join(', ')}`);
      return createPerson({ ...wiring, user, names }, options.shortcuts ?? []);
    },
    workspace: core.workspace,
    problems: core.problems,
    calls: core.calls,
    acks: core.acks,
    deliverTo: delivery.deliverTo,
    tamperNext: delivery.tamperNext,
    failNext: faults.failNext,
    limitRates: (enabled) => {
      rateLimits.enabled = enabled;
    },
    sendEvent: (event, more) => sendEvent(wiring, event, more),
    advance: core.clock.advance,
    socket,
    onChange: core.changes.onChange,
    until: async (look, timeoutMs = core.changes.lookMs) => {
      const describe = (waitedMs: number): string => `not so within ${waitedMs} ms: ${String(look)}`;
      await until(core.changes, () => (look() ? true : undefined), timeoutMs, describe);
    },
    route: (route) => {
      routes.push(route);
    },
    wiring,
    idle: delivery.idle,
    close: async () => {
      core.clock.stop();
      delivery.close();
      await socket.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
