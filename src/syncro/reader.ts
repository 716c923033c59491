import { AppError, type AppErrorCode } from '../shared/errors.ts';
import type { Clock } from '../shared/system.ts';
import type { Answer, Call, Client } from './client.ts';
import {
  failureOf,
  isDown,
  keyRefused,
  notAllowed,
  retryAfterMs,
  unreachable,
  unreadable,
  unsendable,
} from './failures.ts';
import type { Limiter } from './limiter.ts';
import type { ApiKey, Caller, Lane, Log, RequestBudget } from './ports.ts';

/** Whether Syncro answers at all. */
type Health = {
  readonly answered: () => void;
  readonly failed: () => void;
  /** Epoch milliseconds of the first failure since the last answer; `null`: it answers. */
  readonly downSince: () => number | null;
};

export const createHealth = (clock: Pick<Clock, 'now'>): Health => {
  let since: number | null = null;
  return {
    answered: () => {
      since = null;
    },
    failed: () => {
      since ??= clock.now();
    },
    downSince: () => since,
  };
};

export type Gate = {
  readonly client: Client;
  readonly limiter: Limiter;
  readonly budget: RequestBudget;
  readonly health: Health;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly timeoutMs: number;
  /** Everybody here may see what any of the keys shows of tickets and their comments. */
  readonly sharesTickets: boolean;
  /** Syncro says that this key is none of its own: revoked, expired or mistyped. */
  readonly onKeyRefused: (key: ApiKey) => void;
};

export type Query = NonNullable<Call['query']>;

/** Everything that is read. */
export const READ_ENDPOINTS = [
  'contacts',
  'contracts',
  'customers',
  'customers/:id',
  'customers/autocomplete',
  'invoices',
  'invoices/:id',
  'me',
  'products',
  'products/:id',
  'schedules',
  'settings',
  'ticket_timers',
  'tickets',
  'tickets/:id',
  'tickets/:id/comments',
  'tickets/settings',
  'users',
] as const;

type Filled<Endpoint> = Endpoint extends `${infer Before}:id${infer Behind}` ? `${Before}${number}${Behind}` : Endpoint;

export type ReadPath = Filled<(typeof READ_ENDPOINTS)[number]>;

/** @returns the parsed JSON of the answer; `subject` is what errors call it */
export type Read = (caller: Caller, path: ReadPath, query: Query, subject: string) => Promise<unknown>;

const RETRIES = 2;
const FIRST_BACKOFF_MS = 300;
/** How often a read that nobody sits in front of waits for a 429 to end. */
const WAITS = 3;
/** A person's read may take this much longer than one request. */
const GRACE_MS = 3_000;
/** With less time than this left, another attempt can't succeed. */
const SHORTEST_ATTEMPT_MS = 250;

/** When a read is given up; epoch milliseconds. */
type Until = { deadline: number };

/** A key that no header can carry is no key; sending it would fail with the key in an error's reach. */
export const isSendable = (key: ApiKey): boolean => /^[\x21-\x7e]+$/.test(key.reveal());

/** How long the limiter may keep a caller waiting: a person looks at a spinner, a run and the background don't. */
export const patienceMs = (lane: Lane, timeoutMs: number): number =>
  lane === 'person' ? timeoutMs / 2 : Number.POSITIVE_INFINITY;

/** Slack takes the answer to a command for half an hour; nobody remembers what they asked for that long. */
const PATIENT_MS = 5 * 60_000;

const jsonOf = (answer: Answer): { readonly value: unknown } | null => {
  if (answer.kind === 'failed' || answer.status < 200 || answer.status > 299) return null;
  try {
    return { value: JSON.parse(answer.text) };
  } catch {
    return null;
  }
};

/** What a read is told when its request leaves. */
type Sent = () => void;

/** What the copy of the tickets holds anyway: no lines, prices, contacts or invoices. */
const IN_COPY = /^tickets(?:\/\d+\/comments)?$/;

/** Only its own key answers to these. */
const ABOUT_KEY: ReadonlySet<AppErrorCode> = new Set(['key_refused', 'not_allowed']);

/**
 * The same that several people wait for is read once: who comes while it still waits for its turn goes along, and so gets
 * what is true after they asked. What was sent already is nobody else's any more.
 * Only what is answered by a message: what is billed, and what is looked at for a bill, is everybody's own read.
 */
const sharingWaits = (
  read: (...asked: [...Parameters<Read>, Sent]) => Promise<unknown>,
  sharesTickets: boolean,
  joined: (caller: Caller) => void,
): Read => {
  const flights = new Map<string, { readonly by: ApiKey; readonly answer: Promise<unknown> }>();
  return (caller, path, query, subject) => {
    const alone = (sent: Sent = () => undefined) => read(caller, path, query, subject, sent);
    if (!caller.patient || caller.lane !== 'person') return alone();
    const whose = sharesTickets && IN_COPY.test(path) ? '' : caller.key.reveal();
    const name = JSON.stringify([whose, path, query]);
    const flight = flights.get(name);
    if (flight) {
      joined(caller);
      return flight.answer.catch((error: unknown) => {
        const isTheirs = flight.by.reveal() !== caller.key.reveal();
        if (isTheirs && error instanceof AppError && ABOUT_KEY.has(error.code)) return alone();
        throw error;
      });
    }
    const leave = (): void => {
      if (flights.get(name)?.answer === answer) flights.delete(name);
    };
    const answer: Promise<unknown> = alone(leave).finally(leave);
    flights.set(name, { by: caller.key, answer });
    return answer;
  };
};

/** Reads may be repeated freely: retried with backoff on everything that may be gone the next time. */
export const createReader = (gate: Gate): Read => {
  const { client, limiter, budget, health, clock, log, random, timeoutMs } = gate;

  /** Whoever got a turn; each answer is read on behalf of a caller of its own. */
  const begun = new WeakSet<Caller>();

  const once = async (caller: Caller, call: Call, until: Until, sent: Sent = () => undefined): Promise<Answer> => {
    const asked = clock.now();
    const patience = Math.min(patienceMs(caller.lane, timeoutMs), until.deadline - asked);
    const turn = { patient: caller.patient, begun: begun.has(caller) };
    await limiter.acquire(caller.lane, caller.patient ? PATIENT_MS : patience, turn);
    begun.add(caller);
    sent();
    const started = clock.now();
    // To wait for one's turn is not Syncro's slowness.
    if (caller.patient) until.deadline += started - asked;
    const answer = await client.send(caller.key, call, {
      timeoutMs: Math.max(1, Math.min(timeoutMs, until.deadline - started)),
    });
    if (isDown(answer)) health.failed();
    else health.answered();
    return answer;
  };

  /** Syncro answers 401 both to a bad key and to a missing permission; `/me` tells which. */
  const refusal = async (caller: Caller, answer: Answer & { kind: 'answer' }, until: Until): Promise<AppError> => {
    const me = await once(caller, { method: 'GET', path: 'me' }, until);
    if (me.kind === 'failed' || isDown(me)) return unreachable(me);
    if (me.status === 429) return limited(me);
    return me.status === 200 ? notAllowed(answer) : keyRefused(answer.status);
  };

  const limited = (answer: Answer & { kind: 'answer' }): AppError => {
    const wait = retryAfterMs(answer.retryAfter, clock.now());
    return new AppError('rate_limited', "Syncro's rate limit is reached.", {
      retryable: true,
      retryAfterMs: wait,
      status: 429,
    });
  };

  const read = async (...[caller, path, query, subject, sent]: [...Parameters<Read>, Sent]): Promise<unknown> => {
    if (!isSendable(caller.key)) throw unsendable();
    const call: Call = { method: 'GET', path, query };
    const until: Until = {
      deadline: caller.lane === 'person' ? clock.now() + timeoutMs + GRACE_MS : Number.POSITIVE_INFINITY,
    };
    for (let failures = 0, waits = 0; ; ) {
      const answer = await once(caller, call, until, sent);
      const json = jsonOf(answer);
      if (json) return json.value;
      if (answer.kind === 'answer' && answer.status === 401) {
        const error = path === 'me' ? keyRefused(401) : await refusal(caller, answer, until);
        if (error.code === 'key_refused') gate.onKeyRefused(caller.key);
        throw error;
      }
      if (answer.kind === 'answer' && answer.status === 429) {
        const error = limited(answer);
        await budget.pauseUntil(clock.now() + (error.retryAfterMs ?? 0));
        waits += 1;
        if (caller.lane === 'person' || waits > WAITS) throw error;
        continue; // the limiter now holds everybody until the pause is over
      }
      const success = answer.kind === 'answer' && answer.status >= 200 && answer.status <= 299;
      const error = success ? unreadable(subject, answer.status) : failureOf(answer, subject);
      if (!(isDown(answer) || success)) throw error;
      failures += 1;
      const backoff = FIRST_BACKOFF_MS * 2 ** (failures - 1) * (0.5 + random());
      if (failures > RETRIES || clock.now() + backoff + SHORTEST_ATTEMPT_MS > until.deadline) throw error;
      log.debug({ path, code: error.code, status: error.status, failures }, 'syncro read failed, trying again');
      await clock.sleep(backoff);
    }
  };

  return sharingWaits(read, gate.sharesTickets, (caller) => begun.add(caller));
};
