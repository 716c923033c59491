import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../src/app/create-app.ts';
import { parseConfig } from '../src/config/config.ts';
import { secretsOf } from '../src/features/keys/vault/environment.ts';
import { createLog } from '../src/shared/log.ts';
import { systemEvery } from '../src/shared/system.ts';
import { enterVirtualTime, leaveVirtualTime } from '../test/time/time.ts';
import { takeAnswers } from './answers.ts';
import { ask, quiet } from './drive.ts';
import { idealWaits, mostWithin } from './ideal.ts';
import { NEEDS } from './needs.ts';
import { atMost, atMostTimes, type Bench, told } from './row.ts';
import { nameOf, type Shop, startShop } from './shop.ts';
import { sendCommand } from './signed-command.ts';
import { percentile } from './statistics.ts';

const LIMIT = 180;
const WINDOW_MS = 60_000;
const LATENCY_MS = 300;
const TECHNICIANS = 50;
/** Until all that was asked before is out of the limit's window. */
const BEFORE_NINE_MS = 65_000;
const LONGEST_MS = 10 * 60_000;

const KINDS = ['summary', 'ticket', 'search', 'home'] as const;

type Wish = {
  readonly user: string;
  readonly kind: (typeof KINDS)[number];
  readonly text: string;
  readonly dueMs: number;
};
type Asked = Wish & { readonly at: number; usefulAt: number | null; liveAt: number | null; failed: boolean };

/** Each of them looks at the day, opens a ticket, searches and looks at their Home. By turns: each run is the same. */
const wishesOf = ({ people, syncro: { state } }: Shop): readonly Wish[] => {
  const numbers = state.tickets.filter(({ status }) => status !== 'Resolved').map(({ number }) => number);
  const words = ['cloud', 'printer', 'laptop', 'backup', 'email', 'acme'];
  const count = people.length * KINDS.length;
  return Array.from({ length: count }, (_, n): Wish => {
    const user = people[n % people.length] ?? '';
    const kind = KINDS[(n + Math.floor(n / people.length)) % KINDS.length] ?? 'summary';
    const texts = {
      summary: '',
      ticket: `ticket ${numbers[(n * 13) % numbers.length]}`,
      search: `search ${words[n % words.length]}`,
      home: 'Home',
    };
    return { user, kind, text: texts[kind], dueMs: (n * WINDOW_MS) / count };
  });
};

const isWaiting = (body: string): boolean => body.startsWith('{"text":"⏳') || body.includes('Reading your tickets');
/** What was copied says of when it is. */
const isCopy = (body: string): boolean => body.includes('As of ');

const hear = (asked: Asked, body: string, at: number): void => {
  if (isWaiting(body)) return;
  // Sent away by the limit: a Home says so, and is not read again by itself.
  if (body.includes('could not be read')) asked.failed = true;
  if (asked.failed) return;
  asked.usefulAt ??= at;
  // What a search finds in the index is the answer.
  if (!isCopy(body)) asked.liveAt ??= at;
};

const home = ({ slack }: Shop, user: string) =>
  slack.sendEvent({ type: 'app_home_opened', user, channel: 'D0', tab: 'home' });

/** Sends the wishes when they are due, and waits until each has its live answer. */
const play = async (shop: Shop, port: number, wishes: readonly Wish[]): Promise<readonly Asked[]> => {
  const all = new Map<number, Asked>();
  const answers = await takeAnswers((n, body) => {
    const asked = all.get(n);
    if (asked) hear(asked, body, Date.now());
  });
  let calls = shop.slack.calls.length;
  const unlisten = shop.slack.onChange(() => {
    for (const { method, args, at } of shop.slack.calls.slice(calls)) {
      const isHome = ({ kind, user, liveAt, failed }: Asked) =>
        kind === 'home' && user === args.user_id && liveAt === null && !failed;
      const asked = method === 'views.publish' ? [...all.values()].find(isHome) : undefined;
      if (asked) hear(asked, JSON.stringify(args.view), at);
    }
    calls = shop.slack.calls.length;
  });
  const agent = new Agent({ keepAlive: true });
  const target = { port, signingSecret: shop.slack.signingSecret, agent };
  const began = Date.now();
  for (const [n, wish] of wishes.entries()) {
    await sleep(Math.max(0, began + wish.dueMs - Date.now()));
    all.set(n, { ...wish, at: Date.now(), usefulAt: null, liveAt: null, failed: false });
    const { user, kind, text } = wish;
    if (kind === 'home') void home(shop, user);
    else void sendCommand(target, { user, text, responseUrl: answers.urlOf(n) });
  }
  const isOpen = () => [...all.values()].some(({ liveAt, failed }) => liveAt === null && !failed);
  while (isOpen() && Date.now() - began < LONGEST_MS) await sleep(100);
  unlisten();
  answers.close();
  agent.destroy();
  return [...all.values()];
};

/** What each takes where nothing is shared: the fewest requests of a warm app; Home's is the list of one's own tickets. */
const NEEDED = {
  summary: NEEDS.summary.warm.length,
  ticket: NEEDS.ticket.warm.length,
  // In the index.
  search: 0,
  home: 1,
} as const satisfies Record<Wish['kind'], number>;

/**
 * The fewest requests for each wish, in their order: of a customer nothing is known before their first card of the day,
 * and where there are lines, only the ticket's invoices say what of them is invoiced.
 */
const neededOf = ({ syncro: { state } }: Shop, wishes: readonly Wish[]): readonly number[] => {
  const seen = new Set<number>();
  return wishes.map(({ kind, text }) => {
    const ticket = state.tickets.find(({ number }) => text === `ticket ${number}`);
    const customer = ticket?.customer_id ?? null;
    const isFirst = customer !== null && !seen.has(customer);
    if (customer !== null) seen.add(customer);
    const hasLines = state.lines.some(({ ticket_id }) => ticket_id === ticket?.id);
    return NEEDED[kind] + (isFirst ? 1 : 0) + (hasLines ? 1 : 0);
  });
};

/** The app in this process, so that a minute of the morning takes seconds. */
const launch = async (shop: Shop, requestsPerMinute = LIMIT, every = systemEvery) => {
  const variables = { ...shop.variables };
  const config = parseConfig(readFileSync(variables.CONFIG_FILE ?? '', 'utf8'), variables);
  const syncro = { ...config.settings.syncro, requests_per_minute: requestsPerMinute };
  const settings = { ...config.settings, syncro };
  const secrets = secretsOf(settings, variables);
  const log = createLog('fatal', secrets, { write: () => undefined });
  const app = await startApp({ ...config, settings }, variables, log, secrets, { warm: true, arrivingMs: 0, every });
  shop.slack.deliverTo(`http://127.0.0.1:${app.port}/slack/events`);
  return app;
};

/** What was copied overnight: by an app that takes no time over it. */
const copyEverything = async (shop: Shop): Promise<void> => {
  const app = await launch(shop, 1_000_000, (ms, task) => systemEvery(ms / 20, task));
  await quiet(shop, 1_000);
  await app.stop();
};

const measureBurst = async (shop: Shop, say: (line: string) => void) => {
  await copyEverything(shop);
  const app = await launch(shop);
  try {
    await sleep(BEFORE_NINE_MS);
    // They were here yesterday: of each it is known whose key it is, and what was invoiced of what was done then.
    for (const user of shop.people) await home(shop, user);
    await ask(shop.slack.person(shop.people[0] ?? ''), '', /Your open tickets/);
    await sleep(BEFORE_NINE_MS);
    const before = shop.syncro.requests.length;
    const asked = await play(shop, app.port, wishesOf(shop));
    const sent = shop.syncro.requests.slice(before);
    const waits = (when: 'usefulAt' | 'liveAt') =>
      asked.flatMap((one) => (one[when] === null ? [] : [one[when] - one.at]));
    say(`${sent.length} requests for ${asked.length} wishes`);
    return { asked, sent, useful: waits('usefulAt'), live: waits('liveAt') };
  } finally {
    await app.stop();
  }
};

export const burst: Bench = {
  name: 'burst',
  about: '50 technicians at nine: /syncro, a ticket, a search and Home each in the same minute, in a time of its own',
  measure: async ({ say }) => {
    enterVirtualTime();
    const shop = await startShop({
      technicians: TECHNICIANS,
      index: true,
      syncro: { latencyMs: LATENCY_MS, requestsPerMinute: 0 },
    });
    try {
      const { asked, sent, useful, live } = await measureBurst(shop, say);
      const needed = neededOf(shop, asked);
      const arrivals = asked.map(({ at }, n) => ({ at, requests: needed[n] ?? 0 }));
      const ideal = idealWaits(arrivals, LIMIT, WINDOW_MS).map((ms) => ms + LATENCY_MS);
      const row = { bench: 'burst' };
      const refused = sent.filter(({ status }) => status === 429).length;
      const most = mostWithin(
        sent.map(({ at }) => at),
        WINDOW_MS,
      );
      return {
        rows: [
          atMost(LIMIT, { ...row, what: 'most requests in any 60 s', unit: 'requests', ours: most }),
          atMost(0, { ...row, what: 'refused by Syncro’s limit', unit: 'requests', ours: refused }),
          atMost(0, {
            ...row,
            what: 'wishes without their answer',
            unit: 'requests',
            ours: asked.length - live.length,
          }),
          told({ ...row, what: 'useful answer, p50', unit: 'ms', ours: percentile(useful, 0.5) }),
          atMost(2_000, { ...row, what: 'useful answer, p95', unit: 'ms', ours: percentile(useful, 0.95) }),
          told({
            ...row,
            what: 'live answer, p50',
            unit: 'ms',
            ours: percentile(live, 0.5),
            floor: percentile(ideal, 0.5),
          }),
          atMostTimes(1.2, {
            ...row,
            what: 'live answer, p95',
            unit: 'ms',
            ours: percentile(live, 0.95),
            floor: percentile(ideal, 0.95),
          }),
        ],
        details: {
          requests: Object.fromEntries(
            Object.entries(Object.groupBy(sent, nameOf)).map(([name, all]) => [name, all?.length]),
          ),
          asked: asked.map(({ text, at, usefulAt, liveAt }) => ({
            text,
            usefulMs: usefulAt === null ? null : usefulAt - at,
            liveMs: liveAt === null ? null : liveAt - at,
          })),
        },
      };
    } finally {
      await shop.close();
      leaveVirtualTime();
    }
  },
};
