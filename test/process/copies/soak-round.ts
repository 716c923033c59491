import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxPostgres } from '../../../sandbox/postgres/start-postgres.ts';
import { createRandom, type Random } from '../../../sandbox/simulation/random.ts';
import { SAMPLE_TECHNICIANS } from '../../../sandbox/world.ts';
import { previewBill } from '../../features/bill/bill-steps.ts';
import { billedOnce, effectsOn } from '../crash/effects.ts';
import { answerQuestions, type Bill, disturb, isBilled, latest, personOf, TICKETS } from '../crash/many-bills.ts';
import type { Child } from '../crash/scene.ts';
import { PORTAL } from '../crash/steps.ts';
import { type Copies, withCopies } from './two-copies.ts';

export type SoakOptions = {
  readonly seed: number;
  readonly bills: number;
  /** How long things are broken; then everybody finishes. */
  readonly stretchMs: number;
  /** Syncro's real limit instead of none. */
  readonly limited: boolean;
};

export type SoakResult = {
  readonly problems: readonly string[];
  readonly kills: number;
  readonly stops: number;
  readonly restarts: number;
  readonly faults: number;
  readonly questions: number;
  /** Bills that somebody was about to send again when the preview said that they are there. */
  readonly warned: number;
  readonly writes: number;
  /** The most requests that Syncro saw in any 60 seconds. */
  readonly mostInAMinute: number;
};

const FINISH_MS = 150_000;
/** What a step may take; shorter than the sleeps, so that leases end meanwhile. */
const QUICK = { LEASE_MS: '2000', TICK_MS: '400' };

/** What became of each bill last, for when it does not end. */
const doing = new Map<number, string>();

/** Leaves whatever is open: a form whose copy died while it read stays as it is for ever. */
const closeForms = async (copies: Copies, bill: Bill): Promise<void> => {
  for (const title of [`Bill #${bill.number}`, 'Check and bill']) {
    const open = await personOf(copies, bill)
      .modal(title, { timeoutMs: 20 })
      .catch(() => null);
    await open?.closeAll().catch(() => null);
  }
};

/** What a preview says when something of this bill may be there already: nobody else bills these tickets. */
const WARNED = /Already billed|same labor was added|same comment was posted|is being billed right now/;

/**
 * Does one bill as a patient person does, who knows only what they are shown: never twice while it may be under way, and
 * not against a warning; its message may be late, not lost.
 * @returns whether a preview warned them
 */
const doBill = async (copies: Copies, bill: Bill, isOver: () => boolean): Promise<boolean> => {
  const person = personOf(copies, bill);
  let warned = false;
  const now = (what: string): void => void doing.set(bill.number, what);
  while (!isOver() && !isBilled(copies, bill)) {
    if (latest(copies, bill) || warned) {
      now('waits for the receipt');
      await sleep(100);
      continue;
    }
    if (!bill.preview?.isOpen()) {
      now('fills in the form');
      const work = { comment: bill.comment, audience: PORTAL };
      bill.preview = await previewBill(person, bill.number, work).catch((error: unknown) => {
        now(`could not fill in: ${String(error).slice(0, 500)}`);
        return null;
      });
    }
    warned = WARNED.test(bill.preview?.text() ?? '');
    if (warned) {
      await closeForms(copies, bill);
      continue;
    }
    if (bill.preview) now('presses');
    await bill.preview?.submit(/^Bill /).catch(() => null);
    const waitMs = bill.preview ? 5_000 : 300;
    for (const end = Date.now() + waitMs; Date.now() < end && !latest(copies, bill); ) await sleep(50);
    // Not a word of it: whatever is shown in place of the preview says why.
    if (!latest(copies, bill)) await closeForms(copies, bill);
  }
  return warned;
};

/** Kills, stops, wakes and restarts until the time is over; afterwards two copies run, and the database too. */
const breakThings = async (copies: Copies, server: SandboxPostgres, random: Random, until: number) => {
  const count = { kills: 0, stops: 0, restarts: 0 };
  const alive: Child[] = [...(await copies.launchCopies(2, copies.variables))];
  const again = async (): Promise<void> => {
    while (alive.length < 2) alive.push(await copies.launch(copies.variables));
    copies.serveBy(...alive);
  };
  while (Date.now() < until) {
    await sleep(random.between(200, 900));
    const victim = random.pick(alive);
    const blow = random.next();
    if (blow < 0.45) {
      count.kills += 1;
      victim.kill('SIGKILL');
      alive.splice(alive.indexOf(victim), 1);
      if (random.chance(0.2)) alive.pop()?.kill('SIGKILL');
      await again();
    } else if (blow < 0.75) {
      count.stops += 1;
      victim.kill('SIGSTOP');
      await sleep(random.between(300, 4_000));
      victim.kill('SIGCONT');
    } else if (blow < 0.9) {
      count.restarts += 1;
      await server.stop(random.pick(['fast', 'immediate']));
      await sleep(random.between(100, 1_500));
      await server.start();
    }
    const dead = alive.filter((child) => !child.isRunning());
    for (const child of dead) throw new Error(`a copy ended by itself:\n${child.output().slice(-3_000)}`);
  }
  return count;
};

const mostInAMinute = (times: readonly number[]): number =>
  Math.max(0, ...times.map((from, i) => times.slice(i).filter((at) => at < from + 60_000).length));

/** Whoever was asked, or waited for so long, is told the rest in a new message. */
const LONG_MS = 30_000;

const mayHave = ({ asked }: Bill, tookMs: number): number => 1 + asked + (asked > 0 || tookMs > LONG_MS ? 1 : 0);

const judge = (copies: Copies, bills: readonly Bill[], tookMs: number): readonly string[] =>
  bills.flatMap((bill) => {
    const { number, comment, by } = bill;
    const [found, right] = [effectsOn(copies.syncro.state, number, comment), billedOnce(comment, by.syncroUserId)];
    const messages = personOf(copies, bill)
      .dm()
      .filter(({ text }) => text.includes(`#${number}`));
    const receipts = messages.filter(({ raw }) => raw.text?.startsWith('Billed '));
    return [
      ...(isBilled(copies, bill)
        ? []
        : [
            `#${number} is not through: ${latest(copies, bill)?.text ?? `no message; ${doing.get(number) ?? 'not begun'}`}`,
          ]),
      ...(JSON.stringify(found) === JSON.stringify(right) ? [] : [`#${number} left ${JSON.stringify(found)}`]),
      ...(messages.length <= mayHave(bill, tookMs) ? [] : [`#${number} has ${messages.length} messages`]),
      ...(receipts.length === 1 ? [] : [`#${number} has ${receipts.length} receipts`]),
    ];
  });

/** Two copies, one Postgres, people who bill, and everything breaking; seeded as far as real processes can be. */
export const soakRound = async (
  server: SandboxPostgres,
  database: string,
  { seed, bills: count, stretchMs, limited }: SoakOptions,
): Promise<SoakResult> => {
  const random = createRandom(seed);
  const variables = { ...QUICK, ...(limited ? {} : { REQUESTS_PER_MINUTE: '60000' }) };
  let result: SoakResult | null = null;
  await withCopies(
    { seed, variables, url: database, timeout: 2, lookMs: 5_000, syncro: { requestsPerMinute: limited ? 180 : 0 } },
    async (copies) => {
      const faults = disturb(copies, random);
      const bills = TICKETS.slice(0, count).map((number, index): Bill => {
        const by = SAMPLE_TECHNICIANS[index % SAMPLE_TECHNICIANS.length] ?? SAMPLE_TECHNICIANS[0];
        return { number, by, comment: `Work on ${number}.`, preview: null, confirmed: false, asked: 0 };
      });
      const times: number[] = [];
      const watching = setInterval(() => {
        const now = Date.now();
        while (times.length < copies.syncro.requests.length) times.push(now);
      }, 20);
      const began = Date.now();
      const end = began + stretchMs;
      let over = false;
      let questions = 0;
      let warned = 0;
      const people = SAMPLE_TECHNICIANS.map(async ({ id }) => {
        for (const bill of bills) if (bill.by.id === id && (await doBill(copies, bill, () => over))) warned += 1;
      });
      const answering = (async () => {
        for (; !over; await sleep(200)) questions += await answerQuestions(copies, bills).catch(() => 0);
      })();
      const broken = await breakThings(copies, server, random, end);
      const timer = setTimeout(() => {
        over = true;
      }, FINISH_MS);
      await Promise.all(people);
      clearTimeout(timer);
      over = true;
      await answering;
      await sleep(1_500);
      clearInterval(watching);
      result = {
        ...broken,
        problems: judge(copies, bills, Date.now() - began),
        faults: faults(),
        questions,
        warned,
        writes: copies.syncro.requests.filter(({ method }) => method !== 'GET').length,
        mostInAMinute: mostInAMinute(times),
      };
    },
  );
  if (!result) throw new Error('the round did not end');
  return result;
};
