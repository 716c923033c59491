import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest, ServerResponse } from 'node:http';
import { performance as realPerformance } from 'node:perf_hooks';
import pg from 'pg';
import { nextTurn, realSleep } from './real.ts';

/**
 * What a process has under way. A request that was sent and that nobody serves yet is on its way, and so is an answer
 * that was given and that nobody has read yet: then the processes of a scene are not at rest, however slow the machine.
 */
export type Activity = {
  /** Requests without their answer, by the port that they went to. */
  readonly asked: Readonly<Record<string, number>>;
  /** Requests that are being served. */
  readonly serving: number;
  /** Grows with everything that begins or ends. */
  readonly traffic: number;
};

const asked = new Map<string, number>();
let serving = 0;
let traffic = 0;
/** What other processes were asked and have not answered, statements of Postgres above all. */
let outside = 0;

const ask = (port: string, by: 1 | -1): void => {
  traffic += 1;
  const open = (asked.get(port) ?? 0) + by;
  if (open === 0) asked.delete(port);
  else asked.set(port, open);
};

const portOf = (host: string): string => /:(\d+)$/.exec(host)?.[1] ?? '';

const watchHttp = (): void => {
  diagnostics.subscribe('http.client.request.created', (message) => {
    const { request } = message as { readonly request: ClientRequest };
    // A WebSocket's beginning is never answered like a request.
    if (request.getHeader('upgrade') !== undefined) return;
    const port = portOf(String(request.getHeader('host') ?? ''));
    ask(port, 1);
    request.once('close', () => ask(port, -1));
  });
  diagnostics.subscribe('http.server.request.start', (message) => {
    const { response } = message as { readonly response: ServerResponse };
    serving += 1;
    traffic += 1;
    response.once('close', () => {
      serving -= 1;
      traffic += 1;
    });
  });
};

/** Node's own fetch. */
const watchFetch = (): void => {
  type Told = { readonly request: { readonly origin: string; readonly upgrade?: string | null } };
  const open = new WeakSet<object>();
  diagnostics.subscribe('undici:request:create', (message) => {
    const { request } = message as Told;
    if (request.upgrade) return;
    open.add(request);
    ask(portOf(request.origin), 1);
  });
  for (const end of ['undici:request:trailers', 'undici:request:error'])
    diagnostics.subscribe(end, (message) => {
      const { request } = message as Told;
      if (open.delete(request)) ask(portOf(request.origin), -1);
    });
};

/** Whoever does it is another process, which knows no time of ours: until it is done, ours stands still. */
export const underWay = <Value>(work: Promise<Value>): Promise<Value> => {
  outside += 1;
  const end = (): void => {
    outside -= 1;
    traffic += 1;
  };
  work.then(end, end);
  return work;
};

const countCalls = (owner: object, name: string): void => {
  const call = Reflect.get(owner, name) as (...args: never[]) => unknown;
  Reflect.set(owner, name, function counted(this: unknown, ...args: never[]): unknown {
    const result = call.apply(this, args);
    return result instanceof Promise ? underWay(result) : result;
  });
};

/** Postgres is another process: what it was asked and has not answered is under way. */
const watchPostgres = (): void => {
  countCalls(pg.Client.prototype, 'query');
  countCalls(pg.Pool.prototype, 'connect');
  countCalls(pg.Pool.prototype, 'end');
};

/** Done in Node's pool, as files are, but not among what `getActiveResourcesInfo` names. */
const watchCrypto = (): void => {
  for (const name of Object.getOwnPropertyNames(SubtleCrypto.prototype))
    if (name !== 'constructor' && name !== 'supports') countCalls(SubtleCrypto.prototype, name);
};

let watching = false;

/** From now on, in this process. */
export const watchActivity = (): void => {
  if (watching) return;
  watching = true;
  watchHttp();
  watchFetch();
  watchPostgres();
  watchCrypto();
};

export const activity = (): Activity => ({ asked: Object.fromEntries(asked), serving, traffic });

/** What keeps a process alive without anything being under way: open connections, listeners, time. */
const AT_REST = new Set([
  ...['Timeout', 'Immediate', 'TCPSocketWrap', 'TCPServerWrap', 'PipeWrap', 'TTYWrap', 'MessagePort', 'SignalWrap'],
  ...['FSEventWrap', 'StatWatcher', 'ProcessWrap', 'CloseReq', 'HTTPINCOMINGMESSAGE', 'HTTPCLIENTREQUEST'],
]);

const isWorking = (): boolean =>
  outside > 0 || process.getActiveResourcesInfo().some((resource) => !AT_REST.has(resource));

/** Children that somebody started and still waits for. */
export const childCount = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'ProcessWrap').length;

const QUIET_TURNS = 3;
/** So often the loop turns at once; after that whoever works elsewhere on this machine gets the processor. */
const EAGER_TURNS = 50;

/** Resolves when this process has nothing left to do but wait for time or for others. */
export const atRest = async (): Promise<void> => {
  let before = '';
  for (let quiet = 0, turns = 0; quiet < QUIET_TURNS; turns += 1) {
    if (turns < EAGER_TURNS || quiet > 0) await nextTurn();
    else await realSleep(1);
    const now = `${realPerformance.nodeTiming.uvMetricsInfo.events} ${traffic}`;
    quiet = now === before && !isWorking() ? quiet + 1 : 0;
    before = now;
  }
};
