import { openSync, readSync, writeSync } from 'node:fs';
import { Server } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import FakeTimers from '@sinonjs/fake-timers';

/** Milliseconds since 1970 as text of this many characters: a Postgres reads it as well. */
const WIDTH = 16;

export type TimeFile = { readonly write: (ms: number) => void };

/** A file that holds the time of all processes of a scene: one that slept reads what is true when it wakes. */
export const timeFile = (path: string): TimeFile => {
  const file = openSync(path, 'w', 0o644);
  return { write: (ms) => void writeSync(file, String(Math.round(ms)).padEnd(WIDTH), 0) };
};

/** Reads that file anew at every question. */
export const timeOf = (path: string): (() => number) => {
  const file = openSync(path, 'r');
  const text = Buffer.alloc(WIDTH);
  return () => {
    readSync(file, text, 0, WIDTH, 0);
    return Number(text.toString('latin1'));
  };
};

/** The timers of this process, which fire when they are told what time it is. */
export type VirtualTime = {
  /** From now on everybody in this process who asks for the time or a timer gets these. */
  readonly enter: () => void;
  readonly leave: () => void;
  /** What still waits never happens; the time is what `now` says, even when that is earlier. */
  readonly begin: () => void;
  /** When the first is due; `null`: there is none. */
  readonly due: () => number | null;
  /** Now it is so late. The first timer that is due by then fires, one only: what it sets off comes before the next. */
  readonly goTo: (ms: number) => void;
  /** Whatever is due before that time waits until then, and fires once. */
  readonly putOff: (ms: number) => void;
};

type Waiting = { callAt: number };

/** A map that tells of everything that comes in. */
class Watched extends Map<number, Waiting> {
  readonly #added: () => void;
  constructor(added: () => void) {
    super();
    this.#added = added;
  }
  override set(id: number, timer: Waiting): this {
    super.set(id, timer);
    this.#added();
    return this;
  }
}

type Members = Record<string, unknown>;
type Taken = { readonly from: Members; readonly members: Members };

const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'];

/** Where Node keeps what has to do with time. */
const taken = (): readonly Taken[] => {
  const take = (from: object, names: readonly string[]): Taken => ({
    from: from as Members,
    members: Object.fromEntries(names.map((name) => [name, (from as Members)[name]])),
  });
  return [
    take(globalThis, [...TIMERS, 'Date']),
    take(performance, ['now']),
    take(AbortSignal, ['timeout']),
    take(timers, TIMERS),
    take(timersPromises, ['setTimeout', 'setInterval']),
  ];
};

const put = (all: readonly Taken[]): void => {
  for (const { from, members } of all) Object.assign(from, members);
  // Whoever imported one of them by its name gets it, too.
  syncBuiltinESMExports();
};

/** Node looks for connections that hang by an interval which it takes from here and clears by its own means. */
const CHECKING = 'http.server.connectionsCheckingInterval';

/** A server that was closed looks no more: each would cost every later test of the file two turns a minute. */
const stopChecking = (clear: (timer: never) => void): void => {
  const close = Reflect.get(Server.prototype, 'close') as Server['close'];
  Server.prototype.close = function closed(this: Server, ...args) {
    const name = Object.getOwnPropertySymbols(this).find(({ description }) => description === CHECKING);
    if (name) clear(Reflect.get(this, name) as never);
    return close.apply(this, args);
  };
};

/**
 * Timers, dates and `performance.now` of this process under somebody's control. What decides nothing stays real:
 * immediates, ticks, and the timers inside of Node's own sockets.
 * @param now read at every question
 * @param added called when something new waits
 */
export const createVirtualTime = (now: () => number, added: () => void): VirtualTime => {
  const began = now();
  const real = taken();
  const clock = FakeTimers.install({
    now: began,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    loopLimit: 100_000,
    shouldClearNativeTimers: true,
  });
  // Its own map exists from the first timer on.
  clearTimeout(setTimeout(() => undefined, 0));
  const waiting = new Watched(added);
  Object.assign(clock, { timers: waiting });
  stopChecking((timer) => clock.clearInterval(timer));

  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  performance.now = () => now() - began;
  AbortSignal.timeout = (ms) => {
    const late = new AbortController();
    setTimeout(() => late.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms);
    return late.signal;
  };
  const virtual = taken();
  put(real);

  const due = (): number | null =>
    waiting.size === 0 ? null : Math.min(...[...waiting.values()].map(({ callAt }) => callAt));
  return {
    enter: () => put(virtual),
    leave: () => put(real),
    begin: () => {
      for (const id of [...waiting.keys()]) clock.clearTimeout(id);
      Object.assign(clock, { now: now() });
    },
    due,
    goTo: (ms) => {
      if ((due() ?? Number.POSITIVE_INFINITY) <= ms) clock.next();
      else clock.tick(Math.max(0, ms - clock.now));
    },
    putOff: (ms) => {
      for (const timer of waiting.values()) timer.callAt = Math.max(timer.callAt, ms);
    },
  };
};
