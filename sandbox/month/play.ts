import { SAMPLE_TECHNICIANS } from '../outside.ts';
import { createRandom, type Random } from '../simulation/random.ts';
import type { Person } from '../slack/slack.ts';
import type { ScheduleRow, TicketRow } from '../syncro/rows.ts';
import { startWorld, type World } from '../world.ts';
import { type Colleague, type Diary, dollars, invoiced, openDiary, waitingOn } from './diary.ts';
import { type Evidence, judgeMonth } from './judge.ts';
import { createPace } from './pace.ts';
import { createPeople, type Job, type People } from './people.ts';
import { LOGGED, minutesOf, type Word } from './price-list.ts';
import { type Customer, configOf, openShop, PLACES, type Shop, takeCall } from './shop.ts';

export type MonthOptions = {
  readonly seed: number;
  readonly customers: number;
  /** The first and the last day of the month; default: all of it. */
  readonly days?: readonly [number, number];
  /** What the journal holds at first. */
  readonly journal?: Uint8Array;
  readonly say?: (line: string) => void;
};

export type Month = {
  readonly evidence: Evidence;
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STAFF: readonly Colleague[] = SAMPLE_TECHNICIANS;
const BILLER: Colleague = SAMPLE_TECHNICIANS[1];

/** The next April 1 by UTC: then none of the zones of the replay changes its clocks. */
const nextApril = (): number => {
  const year = new Date().getUTCFullYear();
  const april = Date.UTC(year, 3, 1);
  return april > Date.now() + 2 * DAY_MS ? april : Date.UTC(year + 1, 3, 1);
};

/** As often as they are done. */
const WORDS: readonly Word[] = [
  ...(['remote', 'remote', 'remote', 'remote', 'onsite', 'onsite', 'emergency', 'emergency-remote'] as const),
  ...(['remote', 'onsite', 'emergency', 'emergency-remote', 'project', 'website', 'internal'] as const),
];

type Event = { readonly at: number; readonly act: () => Promise<void> };

/** Kinds of customers who have no block and no contract: Syncro charges logged time as the product costs. */
const canLog = ({ kind }: Customer): boolean =>
  kind === 'plain' || kind === 'monthly' || kind === 'weekly' || kind === 'monthly takes none';

/** What people of the shop do on a day, at which hour. */
const createDays = (world: World, shop: Shop, people: People, diary: Diary, random: Random) => {
  const { syncro, slack } = world;
  const ticketOf = (number: number): TicketRow | undefined => shop.state.tickets.find((row) => row.number === number);

  /** Half of the work is on a ticket of a call just taken, the other half on one that is there. */
  const onTicket = (customer: Customer): TicketRow => {
    const known = shop.state.tickets.filter((row) => row.customer_id === customer.id);
    return known.length > 0 && random.chance(0.35) ? random.pick(known) : takeCall(shop, customer, Date.now(), random);
  };

  const work = async (): Promise<void> => {
    const customer = random.pick(shop.customers);
    const by = random.pick(STAFF);
    const { number: ticket, subject } = onTicket(customer);
    const word = random.pick(WORDS);
    const minutes = random.pick(minutesOf(word));
    const job: Job = { by, customer, ticket, subject, word, minutes, endedAt: null, way: 'form' };
    const logged = LOGGED[word];
    if (logged && canLog(customer) && random.chance(0.2))
      return people.log({ ...job, minutes: random.pick(Object.keys(logged).map(Number)) });
    if (random.chance(0.2)) return people.timer(job);
    if (random.chance(0.4)) return people.bill({ ...job, way: 'line' });
    // Some write down in the evening, or on the next day, what they did before.
    const endedAt = random.chance(0.4)
      ? Math.floor((Date.now() - random.between(1, 16) * HOUR_MS) / MINUTE_MS) * MINUTE_MS
      : null;
    return people.bill({ ...job, endedAt });
  };

  const correctOne = async (): Promise<void> => {
    const own = diary.works.filter(
      (one) => one.end === 'waits' && one.followed === null && waitingOn(diary, one.ticket).length === 1,
    );
    if (own.length === 0) return;
    const one = random.pick(own);
    await people.correct(one, ticketOf(one.ticket)?.subject ?? '');
  };

  /** Who bills looks on Fridays for what no recurring invoice will take. */
  const round = async (): Promise<void> => {
    const waiting = diary.works.filter(
      ({ end, followed, customer, price }) =>
        end === 'waits' && followed === null && price?.dollars !== 0 && !people.takes(customer),
    );
    for (const ticket of new Set(waiting.map((one) => one.ticket))) await people.invoice(BILLER, ticket);
  };

  /** What was reported is invoiced from the report, or left to the next month. */
  const answerReports = async (): Promise<void> => {
    for (const message of slack.person(BILLER.id).dm()) {
      if (!message.text.includes('still on no invoice')) continue;
      for (const [, number] of message.text.matchAll(/#(\d+)/g)) {
        const waiting = waitingOn(diary, Number(number));
        const button = `Invoice ${dollars(waiting.reduce((sum, { price }) => sum + (price?.dollars ?? 0), 0))}`;
        const isAlone = message.text.split(`[${button}]`).length === 2;
        if (waiting.length > 0 && isAlone && random.chance(0.5)) await people.invoice(BILLER, Number(number), message);
      }
    }
  };

  const dueToday = (day: string): readonly ScheduleRow[] =>
    shop.state.schedules.filter(({ next_run }) => next_run.slice(0, 10) === day);
  const kindOf = ({ customer_id }: ScheduleRow) => shop.customers.find(({ id }) => id === customer_id)?.kind;

  /** Six in the morning: what they take, what they leave. */
  const runSchedules = (day: string): void => {
    const due = dueToday(day);
    const kinds = due.map(kindOf);
    syncro.behaviour.recurringTakes = kinds.includes('monthly fails')
      ? 'nothing'
      : kinds.includes('monthly unflagged')
        ? 'unflagged'
        : 'and flags';
    syncro.runSchedules();
    for (const schedule of due) {
      const waiting = diary.works.filter(
        ({ end, customer }) => end === 'waits' && customer.id === schedule.customer_id,
      );
      const takes =
        schedule.invoice_unbilled_ticket_charges && !schedule.paused && kindOf(schedule) !== 'monthly fails';
      if (takes) invoiced(diary, waiting);
      for (const one of waiting) if (takes || one.promised !== null) one.followed = takes ? 'taken' : 'left';
    }
  };

  const pauseMidway = (): void => {
    for (const schedule of shop.state.schedules)
      if (kindOf(schedule) === 'monthly paused midway') schedule.paused = true;
  };

  return {
    eventsOf: (midnight: number, day: string, isLast: boolean): readonly Event[] => {
      const at = (hours: number, act: Event['act'] | (() => void)): Event => ({
        at: midnight + hours * HOUR_MS,
        act: async () => act(),
      });
      const weekday = new Date(day).getUTCDay();
      const isWeekend = weekday === 0 || weekday === 6;
      const jobs = isWeekend ? 1 : Math.max(2, Math.round(shop.customers.length / 5));
      const hours = () => (random.chance(0.2) ? random.between(18.5, 23) : random.between(8, 18));
      return [
        at(6.01, () => runSchedules(day)),
        ...(day.endsWith('-14') ? [at(12, pauseMidway)] : []),
        ...Array.from({ length: jobs }, () => at(hours(), work)),
        ...(isWeekend ? [] : [at(15, correctOne), at(16, answerReports)]),
        ...(weekday === 5 || isLast ? [at(23.5, round)] : []),
      ].toSorted((a, b) => a.at - b.at);
    },
  };
};

/** Whoever is in the middle of something when it fails begins anew. @returns what they saw */
const closeAll = async (person: Person): Promise<string> => {
  const modal = await person.modal(undefined, { timeoutMs: 1 }).catch(() => null);
  const shown = modal ? `\n${person.name} sees\n${modal.text()}` : '';
  await modal?.closeAll();
  return shown;
};

/** A month of the shop, in the time of whoever calls it. */
export const playMonth = async ({
  seed,
  customers,
  days = [1, 30],
  journal,
  say = () => undefined,
}: MonthOptions): Promise<Month> => {
  const random = createRandom(seed);
  const place = PLACES[seed % PLACES.length];
  if (!place) throw new Error('no place');
  const midnight = (day: number): number => nextMonth + (day - 1) * DAY_MS - place.offsetMs;
  const nextMonth = nextApril();
  const pace = createPace();
  await pace.idleUntil(midnight(days[0]) - HOUR_MS);
  const shop = openShop(customers, place, midnight(days[0]));
  const world = await startWorld({
    config: configOf(place),
    ...(journal ? { journal } : {}),
    syncro: { data: shop.state },
    time: {
      every: pace.every,
      clock: { now: () => Date.now(), sleep: (ms) => new Promise((done) => setTimeout(done, ms).unref()) },
    },
  });
  const { slack, syncro } = world;
  const diary = openDiary();
  for (const { id, prepay_hours } of shop.state.customers) diary.blocks.set(id, Number(prepay_hours ?? 0));
  const people = createPeople({ slack, syncro, random, diary, place, pace });
  const { eventsOf } = createDays(world, shop, people, diary, random);
  let told = 0;
  for (let n = days[0]; n <= days[1]; n++) {
    const day = new Date(nextMonth + (n - 1) * DAY_MS).toISOString().slice(0, 10);
    for (const { at, act } of eventsOf(midnight(n), day, n === days[1])) {
      await pace.idleUntil(at);
      await act().catch(async (error: unknown) => {
        let seen = '';
        for (const { id } of STAFF) seen += await closeAll(slack.person(id));
        syncro.clearFaults();
        diary.problems.push(`${day}: ${String(error)}${seen}`);
      });
    }
    say(`${day}: ${diary.works.length} pieces of work, ${syncro.requests.length} requests`);
    for (const problem of diary.problems.slice(told)) say(problem);
    told = diary.problems.length;
  }
  // What ran on the last day is looked for on the next morning, and once more.
  await pace.idleUntil(midnight(days[1] + 2));
  const evidence: Evidence = {
    ...{ state: syncro.state, slack, requests: syncro.requests, staff: STAFF, diary, now: Date.now() },
    billers: [BILLER],
  };
  return { evidence, problems: judgeMonth(evidence), close: world.close };
};
