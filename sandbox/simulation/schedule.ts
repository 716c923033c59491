import { openSqlite } from '../../src/database/sqlite.ts';
import { createPromises } from '../../src/features/later/store/promises.ts';
import { createTicketMemory } from '../../src/features/tickets/store/ticket-memory.ts';
import type { Runs } from '../../src/runs/ports.ts';
import type { BillPlan } from '../../src/runs/rules/bill-plan.ts';
import { chargedLineOf } from '../../src/runs/rules/charge.ts';
import type { Target } from '../../src/runs/rules/correction.ts';
import type { Run } from '../../src/runs/rules/run.ts';
import { createAudit } from '../../src/runs/store/audit.ts';
import { createForms } from '../../src/runs/store/forms.ts';
import { createRuns } from '../../src/runs/store/runs.ts';
import { isAppError } from '../../src/shared/errors.ts';
import type { Technician } from '../../src/shared/technician.ts';
import { type TicketId, ticketNumber } from '../../src/syncro/ticket.ts';
import { KEPT_TEXTS } from '../kept-text.ts';
import { randomAccount, SCHEDULE_DAY, usualAccount } from './account.ts';
import { judge, type Word } from './judge.ts';
import { judgeAudit } from './judge-audit.ts';
import { judgeChanges } from './judge-changes.ts';
import { judgeCharges } from './judge-charges.ts';
import { CUSTOMER, type ModelTicket, OTHER_CUSTOMER, ownerAt, PRODUCT } from './model-rows.ts';
import type { MoreWork } from './more-work.ts';
import { liveThroughMornings, MORNING_POLL_MS } from './mornings.ts';
import { BILLER, type Office, openOffice, SETTLE_MS, type Shared } from './office.ts';
import { answerFor } from './people.ts';
import { createRandom } from './random.ts';
import { createModel, type Fate } from './syncro-model.ts';
import { createVirtualTime, type SimulatedProcess } from './virtual-time.ts';

export type Outcome = {
  readonly seed: number;
  readonly problems: readonly string[];
  readonly trace: readonly string[];
  /** What this schedule put the app through. */
  readonly counts: Readonly<Record<string, number>>;
};

const HOWARD: Technician = { slackUser: 'U012HOWARD', name: 'Howard Enos', syncroUserId: 1750, role: 'technician' };
const WINTER: Technician = { slackUser: 'U012WINTER', name: 'Winter Hale', syncroUserId: 1737, role: 'technician' };
const PEOPLE = [HOWARD, WINTER];
const ADA: Technician = { slackUser: 'U012ADA', name: 'Ada Quist', syncroUserId: 1701, role: 'admin' };
/** Only there where it was made twice. */
const TWICE = 32170;
const ROB = { syncroUserId: 1760, name: 'Rob Keane' };
const NUMBERS = [32164, 32163];

const START = Date.UTC(2026, 10, 23, 15, 0, 0);
const MINUTE = 60_000;
const HORIZON_MS = 12 * 60 * MINUTE;
/** Faults rage for so long; after that the world is quiet and everything must come to its end. */
const STORM_MS = 10 * MINUTE;

const FATES: ReadonlyArray<readonly [Fate, number]> = [
  ['lost', 0.08],
  ['unanswered', 0.1],
  ['late', 0.08],
  ['too_late', 0.01],
  ['limited', 0.04],
  ['refused', 0.02],
  ['not_sent', 0.03],
];

type SyncroUser = { readonly id: number; readonly name: string };

type Kind = 'bill' | 'log' | 'invoice' | keyof MoreWork;

/** Is it what came of these words on this ticket? */
const isFor = (run: Run, number: number, text: string): boolean => {
  if (run.kind === 'invoice') return run.ticket.number === number && text === WAITING;
  if (run.kind === 'correct' || run.kind === 'delete') return run.ticket.number === number && text === run.kind;
  if (run.kind === 'not_billable')
    return run.steps.some(({ action }) => action.kind === 'comment' && action.body === text);
  return (run.kind === 'bill' ? run.plan.comment.body : chargedLineOf(run)?.description) === text;
};

/** What somebody charged by hand and nobody invoiced. */
const WAITING = 'Charged and forgotten';

/** So that the lives that found something once are among those that know nothing newer. */
const LATER = 0x1a01;

/** Runs one random, replayable life of the app and judges it. */
export const runSchedule = async (seed: number): Promise<Outcome> => {
  const random = createRandom(seed);
  // Apart, so that a life without such work stays the one that it was.
  const others = createRandom(seed + 0x5eed);
  const time = createVirtualTime(START, random);
  const trace: string[] = [];
  const say = (line: string) => trace.push(`${((time.now() - START) / 1000).toFixed(3).padStart(10)}  ${line}`);
  const users = Object.fromEntries(
    [...PEOPLE, ADA, BILLER].map(({ slackUser, syncroUserId: id, name }) => [`key-${slackUser}`, { id, name }]),
  );
  const keys = Object.fromEntries([...PEOPLE, ADA, BILLER].map(({ slackUser }) => [slackUser, `key-${slackUser}`]));
  // Later still, and apart again: half of the lives know nothing of it.
  const newer = createRandom(seed + LATER);
  const isNewer = newer.chance(0.5);
  const account = isNewer ? randomAccount(newer, CUSTOMER.id, PRODUCT) : usualAccount();
  const keepsText = random.chance(0.4) ? 'as-sent' : random.pick(KEPT_TEXTS);
  const model = createModel(
    time,
    random,
    { fates: FATES, failedRead: 0.04, settleMs: SETTLE_MS, keepsText },
    users,
    NUMBERS,
    account,
  );
  say(`Syncro keeps texts ${keepsText}`);
  const db = await openSqlite(':memory:');
  const stored = createRuns(db);
  const added = new Set<string>();
  const runsInJournal: Runs = {
    ...stored,
    add: async (run, lookedAt) => {
      const result = await stored.add(run, lookedAt);
      if (result.result === 'added') added.add(run.id);
      return result;
    },
  };
  const audit = createAudit(db);
  const promises = createPromises(db);
  const journal = { runs: runsInJournal, forms: createForms(db), memory: createTicketMemory(db), audit, promises };
  /** Whose previews' warnings were read before they were confirmed. */
  const wentOn = new Map<string, BillPlan>();
  const problems: string[] = [];
  const words: Word[] = [];
  const counts: Record<string, number> = {
    bills: 0,
    logs: 0,
    invoices: 0,
    deaths: 0,
    freezes: 0,
    decisions: 0,
    outages: 0,
  };
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  let lastId = 0;
  const next = (): number => {
    lastId += 1;
    return lastId;
  };
  const stoppedAt = new Map<string, number>();

  const holderOf = async (id: string): Promise<string | null> => {
    const row = await db
      .selectFrom('runs')
      .select(['lease_owner', 'lease_until'])
      .where('id', '=', id)
      .executeTakeFirst();
    return (row?.lease_until ?? 0) > time.wall() ? (row?.lease_owner ?? null) : null;
  };

  const shared: Shared = {
    time,
    random,
    model,
    journal,
    keys,
    others: newer,
    asDraft: account.drafts !== 'unwanted',
    shown: new Map<string, Run[]>(),
    followed: new Map(),
    told: [],
    trace: say,
    resendEmailComment: random.chance(0.8) ? 'ask' : 'auto',
    ids: {
      id: () => `id-${next()}`,
      ref: () => `REF${next()}`,
    },
    onPreview: (number) => {
      if (others.chance(0.4)) time.after(others.between(0, 30_000), () => billByHand(number));
    },
    onGoOn: (formId, plan) => void wentOn.set(formId, plan),
    onChange: (number, target) => {
      if (newer.chance(0.3)) time.after(newer.between(0, 60_000), () => meddle(number, target));
    },
    onSend: async (process, ticketId) => {
      // The instants round a send are the dangerous ones.
      if (random.chance(0.06)) time.after(random.between(0, 3_000), () => kill(process));
      if (random.chance(0.04)) time.after(random.between(0, 3_000), () => freeze(process));
      const run = ticketId === null ? null : await journal.runs.openOn(ticketId);
      // At that instant the journal must hold its intent, and nobody may have stopped the run.
      if (!run && ticketId !== null) problems.push(`${process.name} wrote to a ticket without an unfinished run`);
      if (run && !run.steps.some(({ state }) => state.phase === 'sending'))
        problems.push(`${run.ref}: sent without a recorded intent`);
      if (run && (await holderOf(run.id)) !== process.name)
        problems.push(`${run.ref}: ${process.name} sent without holding the lease`);
      if (run && stoppedAt.has(run.id)) problems.push(`${run.ref}: sent after Stop`);
      return run?.id ?? null;
    },
  };

  // Offices: one or two at a time; a dead one is followed by another. Half of the deaths can be seen by the survivors.
  const seenDead = new Set<string>();
  const offices: Office[] = [];
  let opened = 0;
  let isDay = true;
  const open = (): void => {
    opened += 1;
    const hours = isDay ? undefined : { pollMs: MORNING_POLL_MS, looksForLines: true };
    offices.push(openOffice(shared, `office${opened}`, (owner) => seenDead.has(owner), hours));
    say(`office${opened} opens`);
  };
  const living = () => offices.filter(({ process }) => process.alive);
  const usable = () => living().filter(({ process }) => process.frozenUntil <= time.now());

  const kill = (
    process: SimulatedProcess | null = living().length > 0 ? random.pick(living()).process : null,
  ): void => {
    if (!process?.alive) return;
    process.alive = false;
    if (random.chance(0.5)) seenDead.add(process.name);
    count('deaths');
    say(`${process.name} is killed`);
    time.after(random.between(500, 20_000), open);
  };
  const freeze = (
    process: SimulatedProcess | null = usable().length > 0 ? random.pick(usable()).process : null,
  ): void => {
    if (!process) return;
    process.frozenUntil = time.now() + random.between(1_000, 200_000);
    count('freezes');
    say(`${process.name} is frozen for ${Math.round((process.frozenUntil - time.now()) / 1000)} s`);
  };
  /** In the morning for longer than the others' next look. */
  const sleepIn = (): void => {
    for (const { process } of usable().slice(0, 1)) process.frozenUntil = time.now() + 2 * MORNING_POLL_MS;
  };
  const outage = (): void => {
    model.down(true);
    count('outages');
    say('Syncro is away');
    time.after(random.between(2_000, 300_000), () => {
      model.down(false);
      say('Syncro is back');
    });
  };

  let wanted = 0;
  let pending = 0;
  let endedAt = 0;
  /** A bill, time that is logged, or an invoice of what is there. */
  const work = (kind: Kind, technician: Technician, number: number, text: string, tries = 0): void => {
    const office = usable()[0] ? random.pick(usable()) : null;
    const again = (): void => {
      if (tries < 12) time.after(random.between(5_000, 240_000), () => work(kind, technician, number, text, tries + 1));
      else pending -= 1;
    };
    if (!office) {
      again();
      return;
    }
    let ended = false;
    office[kind](technician, ticketNumber(number), text, random.chance(0.3)).then(
      () => {
        ended = true;
        pending -= 1;
        count(`${kind}s`);
      },
      (error: unknown) => {
        ended = true;
        if (!isAppError(error)) problems.push(`confirming failed: ${String(error)}`);
        again();
      },
    );
    // The process may die under the person. With a message the bill was taken; without one they fill the form again.
    time.after(60_000, () => {
      if (ended || office.process.alive) return;
      const taken = [...shared.shown.values()].some((history) => history.some((run) => isFor(run, number, text)));
      if (taken) pending -= 1;
      else again();
    });
  };

  const speak = (): void => {
    if (!isDay) return;
    for (const [runId, history] of shared.shown) {
      const run = history.at(-1);
      const office = usable()[0] ? random.pick(usable()) : null;
      if (!run || !office) continue;
      const decision = answerFor(run, model, random);
      if (!decision) continue;
      words.push({ at: time.now(), runId, kind: decision.kind });
      count('decisions');
      say(`${run.technician.name} says ${decision.kind} about ${run.ref}`);
      office.decide(run.technician, runId, decision).then(
        () => (decision.kind === 'stop' ? time.after(5_000, () => markStopped(runId)) : undefined),
        () => undefined,
      );
    }
    time.after(random.between(8_000, 60_000), speak);
  };
  const markStopped = (runId: string): void => {
    void journal.runs
      .get(runId)
      .then((run) => (run?.state === 'stopped' ? stoppedAt.set(runId, time.now()) : undefined));
  };

  /** Somebody writes in Syncro itself, now and then one of ours. */
  const colleague = (): void => {
    const ticket = random.pick(model.tickets);
    const { syncroUserId, name } = random.chance(0.3) ? random.pick(PEOPLE) : ROB;
    comment(ticket, { id: syncroUserId, name }, random.chance(0.5) ? 'Fixed 1' : 'By hand');
  };
  const comment = (ticket: ModelTicket, { id, name }: SyncroUser, body: string): void => {
    ticket.comments.push({
      id: model.nextId(),
      subject: 'Update',
      body,
      authorName: name,
      authorId: id,
      hidden: false,
      createdAt: time.now(),
      visibleAt: time.now(),
      madeBy: null,
    });
  };

  const rob = { id: ROB.syncroUserId, name: ROB.name };
  const lineByHand = (id: TicketId, description: string, by = rob): void => {
    const item = { productId: PRODUCT.id, name: PRODUCT.name, rateCents: PRODUCT.rateCents, taxable: false };
    model.byHand({ kind: 'line_item', ticketId: id, item: { ...item, description, quantityHundredths: 75 } }, by);
  };
  const timeByHand = (id: TicketId, by: SyncroUser): void => {
    const timer = { startedAt: START - 3_600_000, endedAt: START - 1_800_000, notes: 'To be put right' };
    model.byHand({ kind: 'timer', ticketId: id, timer }, by);
  };
  const chargeByHand = (number: number): void => {
    for (const ticket of model.tickets) if (ticket.number === number) lineByHand(ticket.id, WAITING);
    say(`Rob charges work on #${number}`);
  };
  const invoiceByHand = (ticketId: TicketId): void =>
    model.byHand({ kind: 'invoice', ticketId, customerId: CUSTOMER.id, date: '2026-11-23' }, rob);
  /** Rob bills what he finds on a ticket, with a line of his own. */
  const billByHand = (wanted: number = random.pick(NUMBERS)): void => {
    const { id, number } = model.tickets.find((ticket) => ticket.number === wanted) ?? random.pick(model.tickets);
    lineByHand(id, random.chance(0.5) ? 'By hand' : 'Fixed 1');
    if (random.chance(0.8)) invoiceByHand(id);
    count('by hand');
    say(`Rob bills #${number} by hand`);
  };
  /** Rob changes what somebody is about to put right, or takes it away. */
  const changeByHand = ({ id: ticketId }: ModelTicket, { of, id, ...target }: Target): void => {
    const isGone = newer.chance(0.4);
    if (of === 'line' && isGone) model.byHand({ kind: 'line_item_remove', ticketId, lineItemId: id }, rob);
    else if (of === 'line')
      model.byHand({ kind: 'line_item_update', ticketId, lineItemId: id, item: { quantityHundredths: 125 } }, rob);
    else if (isGone) model.byHand({ kind: 'timer_delete', ticketId, timerId: id }, rob);
    else if ('startedAt' in target) {
      const timer = { startedAt: target.startedAt - 300_000 };
      model.byHand({ kind: 'timer_update', ticketId, timerId: id, timer }, rob);
    }
  };
  /** He comes between somebody and what they are about to change. */
  const meddle = (number: number, target: Target | null): void => {
    const ticket = model.tickets.find((one) => one.number === number);
    if (!ticket || ticket.deletedAt !== null) return;
    say(`Rob meddles with #${number}`);
    count('meddled');
    const bills = newer.pick(['what is there', 'with a line', 'nothing', 'nothing'] as const);
    if (bills === 'what is there') invoiceByHand(ticket.id);
    else if (bills === 'with a line') billByHand(number);
    else if (target === null && newer.chance(0.5)) lineByHand(ticket.id, 'By hand');
    else if (target === null) comment(ticket, rob, 'By hand');
    else if ([...ticket.lines, ...ticket.timers].some(({ id }) => id === target.id)) changeByHand(ticket, target);
  };
  const move = (): void => {
    const ticket = random.pick(model.tickets);
    const { customer } = ownerAt(ticket, time.now());
    ticket.owners.push({ at: time.now(), customer: customer === CUSTOMER ? OTHER_CUSTOMER : CUSTOMER });
    count('moves');
    say(`#${ticket.number} goes from ${customer.name} to the other customer`);
  };

  const setClock = (): void => {
    const by = random.between(0, random.chance(0.5) ? 5 * MINUTE : 2 * 60 * MINUTE) * (random.chance(0.5) ? 1 : -1);
    time.setWall(by);
    count('clocks set');
    say(`the clock is set ${Math.round(by / 1000)} s ahead`);
  };

  open();
  if (random.chance(0.6)) open();
  const bills = 1 + Math.floor(random.next() * 3);
  for (let i = 0; i < bills; i++) {
    wanted += 1;
    pending += 1;
    const text = `Fixed ${wanted} 🎉 – it’s the café’s “router” & all that could be wrong`;
    const technician = random.pick(PEOPLE);
    const number = random.chance(0.7) ? 32164 : random.pick(NUMBERS);
    const kind = random.chance(0.3) ? 'log' : 'bill';
    time.after(random.between(0, 60_000), () => work(kind, technician, number, text));
  }
  if (others.chance(0.5)) {
    const [technician, number] = [others.pick(PEOPLE), others.pick(NUMBERS)];
    pending += 1;
    chargeByHand(number);
    time.after(others.between(0, 60_000), () => work('invoice', technician, number, WAITING));
  }
  if (isNewer) {
    const workLater = (kind: Kind, technician: Technician, number: number, text: string): void => {
      pending += 1;
      time.after(newer.between(0, 60_000), () => work(kind, technician, number, text));
    };
    const works = 1 + Math.floor(newer.next() * 3);
    for (let i = 0; i < works; i++) {
      const kind = newer.pick(['charge', 'charge', 'charge', 'free', 'correct', 'correct', 'remove'] as const);
      const [technician, number] = [newer.pick(PEOPLE), newer.pick(NUMBERS)];
      const { syncroUserId: id, name } = technician;
      if (kind === 'charge' || kind === 'free')
        workLater(kind, technician, number, `${kind} ${i} – “done” & dusted 🎉`);
      if (kind === 'correct') {
        const ticket = model.tickets.find((one) => one.number === number);
        if (ticket && newer.chance(0.5)) lineByHand(ticket.id, 'To be put right', { id, name });
        else if (ticket) timeByHand(ticket.id, { id, name });
        workLater(kind, technician, number, kind);
      }
      if (kind === 'remove' && !model.tickets.some((one) => one.number === TWICE)) {
        const ticket = model.add(TWICE);
        comment(ticket, { id: ADA.syncroUserId, name: ADA.name }, 'Called again');
        if (newer.chance(0.3)) lineByHand(ticket.id, 'By mistake', { id: ADA.syncroUserId, name: ADA.name });
        workLater(kind, ADA, TWICE, 'delete');
      }
    }
    const { scheduleRun } = account;
    if (scheduleRun && account.schedules.length > 0)
      time.after(Date.parse(SCHEDULE_DAY) + scheduleRun.afterMs - START, () => {
        const took = scheduleRun.fails ? 0 : model.invoiceAll(CUSTOMER.id, scheduleRun.flags);
        account.schedules = account.schedules.map((one) => ({ ...one, nextRun: '2026-12-23' }));
        count('recurring invoices');
        say(`the recurring invoice takes ${took} lines`);
      });
  }
  const storm = (probability: number, happen: () => void): void => {
    if (!random.chance(probability)) return;
    const times = 1 + Math.floor(random.next() * 4);
    for (let i = 0; i < times; i++)
      time.after(random.between(0, random.chance(0.6) ? 90_000 : STORM_MS), () => happen());
  };
  storm(0.4, kill);
  storm(0.4, freeze);
  storm(0.25, outage);
  storm(0.3, colleague);
  storm(0.4, billByHand);
  storm(0.25, move);
  if (random.chance(0.2)) setClock();
  storm(0.3, setClock);
  time.after(random.between(8_000, 60_000), speak);

  await time.run(START + HORIZON_MS, () => {
    if (pending > 0 || time.now() < START + STORM_MS) return false;
    const ended = [...added].every((id) => ['done', 'stopped'].includes(shared.shown.get(id)?.at(-1)?.state ?? ''));
    if (!ended) endedAt = time.now();
    // What was sent last may still land: the judge looks when nothing is on its way any more.
    return ended && time.now() > Math.max(endedAt + MINUTE, (model.sent.at(-1)?.at ?? 0) + 2 * SETTLE_MS + MINUTE);
  });

  const goHome = (): void => {
    for (const { process } of living()) process.alive = false;
  };
  isDay = false;
  const allSeen = await liveThroughMornings({
    time,
    close: goHome,
    open: () => {
      count('mornings');
      open();
      if (newer.chance(0.3)) open();
      if (newer.chance(0.4)) time.after(newer.between(0, 4_000), kill);
      if (newer.chance(0.2)) time.after(newer.between(0, 4_000), sleepIn);
    },
    nextLook: async () => {
      const waiting = await db
        .selectFrom('promised_lines')
        .select('look_at')
        .where('look_at', 'is not', null)
        .execute();
      return waiting.length === 0 ? null : Math.min(...waiting.map(({ look_at: at }) => at ?? 0));
    },
  });
  if (!allSeen) problems.push('nobody ever finds out what became of a charged line');

  const runs = (await Promise.all([...added].map((id) => journal.runs.get(id)))).flatMap((run) => run ?? []);
  const unshown = await journal.runs.claimUnshown(Number.MAX_SAFE_INTEGER, 0, 100);
  for (const { run } of unshown) problems.push(`${run.ref}: its last state was never shown`);
  const { shown, resendEmailComment, followed, told } = shared;
  const evidence = { model, runs, shown, words, keyOf: (user: string) => keys[user], resendEmailComment };
  problems.push(
    ...judge(evidence),
    ...judgeChanges(evidence),
    ...judgeCharges({ ...evidence, account, wentOn, followed, told }),
    ...judgeAudit(await audit.all(), runs),
  );
  for (const { fate } of model.sent) count(fate);
  for (const { state } of followed.values()) count(`lines ${state}`);
  count(
    `runs ${
      runs
        .map(({ state }) => state)
        .sort()
        .join('+') || 'none'
    }`,
  );
  await db.destroy();
  return { seed, problems, trace, counts };
};
