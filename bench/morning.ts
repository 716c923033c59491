import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeAnswers } from './answers.ts';
import { ask, quiet } from './drive.ts';
import { idealWaits, mostWithin } from './ideal.ts';
import { atMost, atMostTimes, type Bench, told } from './row.ts';
import { nameOf, type Shop, startShop } from './shop.ts';
import { sendCommand } from './signed-command.ts';
import { percentile } from './statistics.ts';

const LIMIT = 180;
const WINDOW_MS = 60_000;
const LATENCY_MS = 100;
const LONGEST_MS = 4 * 60_000;

type Wish = { readonly user: string; readonly text: string; readonly dueMs: number };
type Done = Wish & { readonly at: number; readonly answeredAt: number; readonly answer: string };

/** Everybody looks at tickets from their lists, some search. By turns instead of by chance: each run is the same. */
const wishesOf = ({ people, syncro: { state } }: Shop, count: number, overMs: number): readonly Wish[] => {
  const numbers = state.tickets.filter(({ status }) => status !== 'Resolved').map(({ number }) => number);
  const words = ['cloud', 'printer', 'laptop', 'wi-fi', 'firewall', 'license'];
  return Array.from({ length: count }, (_, n): Wish => {
    const user = people[(n * 7) % people.length] ?? '';
    const text =
      n % 4 === 3 ? `search ${words[n % words.length]} ${n}` : `ticket ${numbers[(n * 13) % numbers.length]}`;
    return { user, text, dueMs: (n * overMs) / count };
  });
};

/** Sends the wishes when they are due, and waits until each is answered. */
const live = async (shop: Shop, port: number, wishes: readonly Wish[], alongside: () => Promise<void>) => {
  const done: Done[] = [];
  const started = new Map<number, number>();
  const answers = await takeAnswers((n, body) => {
    const at = started.get(n);
    const wish = wishes[n];
    if (at === undefined || !wish || body.includes('"text":"⏳')) return;
    started.delete(n);
    done.push({ ...wish, at, answeredAt: Date.now(), answer: body });
  });
  const agent = new Agent({ keepAlive: true });
  const target = { port, signingSecret: shop.slack.signingSecret, agent };
  const began = Date.now();
  const beside = alongside();
  for (const [n, { user, text, dueMs }] of wishes.entries()) {
    await sleep(Math.max(0, began + dueMs - Date.now()));
    started.set(n, Date.now());
    void sendCommand(target, { user, text, responseUrl: answers.urlOf(n) });
  }
  while (done.length < wishes.length && Date.now() - began < LONGEST_MS) await sleep(50);
  const peopleAt = Date.now() - began;
  await beside;
  answers.close();
  agent.destroy();
  return { began, done, peopleAt, unanswered: wishes.length - done.length };
};

/** How many requests each wish took: its own by their path, what is shared by whoever waited for it first. */
const requestsOf = ({ syncro }: Shop, from: number, done: readonly Done[]): readonly number[] => {
  const ids = new Map(syncro.state.tickets.map(({ id, number }) => [`ticket ${number}`, id]));
  const counts = done.map(() => 0);
  for (const { path, at } of syncro.requests.slice(from)) {
    const mine = done.findIndex(({ text, at: sent, answeredAt }) => {
      if (at < sent || at > answeredAt) return false;
      if (text.startsWith('search'))
        return path.includes(`query=${encodeURIComponent(text.slice(7)).replaceAll('%20', '+')}`);
      return (
        path.startsWith(`/tickets/${ids.get(text)}`) ||
        path.includes(`number=${text.slice(7)}`) ||
        path.startsWith('/customers/')
      );
    });
    if (mine >= 0) counts[mine] = (counts[mine] ?? 0) + 1;
  }
  return counts;
};

export const morning: Bench = {
  name: 'morning',
  about: '50 technicians at nine: 200 commands in a minute and a digest, within Syncro’s limit',
  measure: async ({ quick, say }) => {
    const shop = await startShop({ technicians: quick ? 5 : 50, syncro: { latencyMs: LATENCY_MS } });
    try {
      const { port } = await shop.launch();
      const first = shop.slack.person(shop.people[0] ?? '');
      // The numbers on a list are known from then on. What that took is part of the minute, ours and the ideal one.
      await ask(first, '', /Your open tickets/);
      await quiet(shop);
      const before = shop.syncro.requests.length;
      const count = quick ? 20 : 200;
      const overMs = quick ? 2_000 : 60_000;
      const digest = { askedAt: 0, postedAt: 0 };
      const run = await live(shop, port, wishesOf(shop, count, overMs), async () => {
        await sleep(overMs / 2);
        digest.askedAt = Date.now();
        await first.slash('/syncro', 'digest now');
        await first.message(/^Open tickets · /, { channel: 'C0GENERAL', timeoutMs: LONGEST_MS });
        digest.postedAt = Date.now();
      });
      const done = run.done.toSorted((a, b) => a.at - b.at);
      const waits = done.map(({ at, answeredAt }) => answeredAt - at);
      const sent = shop.syncro.requests;
      const counts = requestsOf(shop, before, done);
      const arrivals = done.map(({ at }, i) => ({ at, requests: counts[i] ?? 0 }));
      const list = { at: sent[0]?.at ?? 0, requests: before };
      const [, ...ideal] = idealWaits([list, ...arrivals], LIMIT, WINDOW_MS).map((ms) => ms + LATENCY_MS);
      const refused = sent.filter(({ status }) => status === 429).length;
      const unhelpful = done.filter(({ answer }) => answer.includes('Try again')).length + run.unanswered;
      say(`${sent.length} requests, people through after ${Math.round(run.peopleAt / 1000)} s`);
      const row = { bench: 'morning' };
      return {
        rows: [
          atMost(LIMIT, {
            ...row,
            what: 'most requests in any 60 s',
            unit: 'requests',
            ours: mostWithin(
              sent.map(({ at }) => at),
              WINDOW_MS,
            ),
          }),
          atMost(0, { ...row, what: 'refused by Syncro’s limit', unit: 'requests', ours: refused }),
          atMost(0, { ...row, what: 'commands without their answer', unit: 'requests', ours: unhelpful }),
          told({ ...row, what: 'wait, p50', unit: 'ms', ours: percentile(waits, 0.5), floor: percentile(ideal, 0.5) }),
          atMostTimes(1.2, {
            ...row,
            what: 'wait, p95',
            unit: 'ms',
            ours: percentile(waits, 0.95),
            floor: percentile(ideal, 0.95),
          }),
          told({
            ...row,
            what: 'digest posted after',
            unit: 'ms',
            ours: digest.postedAt - digest.askedAt,
            note: 'asked for in the middle; background waits until people are through',
          }),
        ],
        details: {
          requests: Object.fromEntries(
            Object.entries(Object.groupBy(sent, nameOf)).map(([name, all]) => [name, all?.length]),
          ),
          waits,
          ideal,
          counts,
        },
      };
    } finally {
      await shop.close();
    }
  },
};
