import type { SandboxClock } from './clock.ts';

/** How a Web API call fails on order: Slack's own error, an HTTP status, or late. A delay alone then answers well. */
export type Fault = {
  readonly error?: string;
  readonly status?: number;
  readonly delayMs?: number;
  /** The call takes effect all the same, only its answer is this failure: for `error` and `status`. */
  readonly committed?: boolean;
  /** For a 429: seconds. */
  readonly retryAfter?: number;
};

export type Faults = {
  readonly failNext: (method: string, fault: Fault, times?: number) => void;
  readonly take: (method: string) => Fault | undefined;
};

export const createFaults = (): Faults => {
  const orders: { readonly method: string; readonly fault: Fault }[] = [];
  return {
    failNext: (method, fault, times = 1) => {
      orders.push(...Array.from({ length: times }, () => ({ method, fault })));
    },
    take: (method) => {
      const index = orders.findIndex((order) => order.method === method);
      return index < 0 ? undefined : orders.splice(index, 1)[0]?.fault;
    },
  };
};

const PER_MINUTE: ReadonlyMap<string, number> = new Map([
  ['users.list', 20],
  ['conversations.list', 20],
  ['usergroups.users.list', 20],
  ...['update', 'delete', 'unfurl', 'scheduleMessage'].map((verb): [string, number] => [`chat.${verb}`, 50]),
  ...[
    'reactions.add',
    'users.lookupByEmail',
    'team.info',
    'bots.info',
    'entity.presentDetails',
    'apps.connections.open',
  ].map((method): [string, number] => [method, 50]),
  ...['info', 'open', 'history', 'replies'].map((verb): [string, number] => [`conversations.${verb}`, 50]),
]);
const DEFAULT_PER_MINUTE = 100;

export type RateLimits = {
  enabled: boolean;
  /** @returns seconds to wait when the call is one too many. */
  readonly check: (method: string, channel: string) => number | undefined;
};

/** chat.postMessage: one a second per channel; everything else: its tier per minute. */
export const createRateLimits = (clock: SandboxClock, enabled: boolean): RateLimits => {
  const seen = new Map<string, number[]>();
  return {
    enabled,
    check(method, channel) {
      if (!this.enabled) return undefined;
      const posting = method === 'chat.postMessage';
      const [key, windowMs, limit] = posting
        ? [`${method} ${channel}`, 1000, 1]
        : [method, 60_000, PER_MINUTE.get(method) ?? DEFAULT_PER_MINUTE];
      const now = clock.now();
      const recent = (seen.get(key) ?? []).filter((at) => now - at < windowMs);
      seen.set(key, recent);
      const oldest = recent[0];
      if (recent.length >= limit && oldest !== undefined) return Math.ceil((oldest + windowMs - now) / 1000);
      recent.push(now);
      return undefined;
    },
  };
};
