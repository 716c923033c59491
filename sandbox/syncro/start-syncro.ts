import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Behaviour, defaultBehaviour } from './behaviour.ts';
import { customerReplies } from './customer-reply.ts';
import { deliver, send } from './deliver.ts';
import { createFaultQueue, type Fault } from './faults.ts';
import { type Incoming, readIncoming } from './incoming.ts';
import { createNotifications, type SentNotification } from './notifications.ts';
import { perform } from './perform.ts';
import { createRateLimit } from './rate-limit.ts';
import { type Reply, tooMany } from './reply.ts';
import { type Exchange, type LoggedRequest, logRequest, recordExchange } from './request-log.ts';
import type { Change } from './route.ts';
import type { CommentRow } from './rows.ts';
import { runSchedules } from './run-schedules.ts';
import { type SampleSize, sampleData } from './sample-data.ts';
import { type SyncroState, snapshot } from './state.ts';
import { createWaits } from './waits.ts';

export type Latency = number | (() => number);

export type SyncroOptions = {
  /** The account; a size of sample data, or data of your own. `'full'` unless told. */
  readonly data?: SyncroState | SampleSize;
  /** 0 = any free port. */
  readonly port?: number;
  readonly latencyMs?: Latency;
  /** Over a sliding minute, all keys together; 180 unless told, 0 = no limit. */
  readonly requestsPerMinute?: number;
  /** Whether a 429 of the limit carries `Retry-After`; Syncro's own habit is unknown. */
  readonly sendRetryAfter?: boolean;
  readonly now?: () => number;
  /** Keep `exchanges`. */
  readonly record?: boolean;
  readonly behaviour?: Partial<Behaviour>;
};

export type SyncroSandbox = {
  /** Base URL, e.g. `http://127.0.0.1:4100/api/v1`. */
  readonly url: string;
  readonly state: SyncroState;
  /** Change a switch at any time. */
  readonly behaviour: Behaviour;
  readonly requests: readonly LoggedRequest[];
  /** Only with `record: true`; the newest 2,000. */
  readonly exchanges: readonly Exchange[];
  readonly fault: (order: Fault) => void;
  readonly clearFaults: () => void;
  /** Ordered and still to strike. */
  readonly pendingFaults: () => readonly Fault[];
  readonly setLatency: (latencyMs: Latency) => void;
  /** While down, every connection is cut at once, open ones too. */
  readonly down: (isDown: boolean) => void;
  /** Called after each committed write. Returns the way to stop. */
  readonly onChange: (listener: (change: Change) => void) => () => void;
  /** Makes the recurring invoices that are due by now, as every request does. */
  readonly runSchedules: () => void;
  /** A customer answers by email; who subscribed to it is notified. */
  readonly customerReply: (ticketId: number, body: string) => CommentRow;
  /** Where notifications go from now on; `null` (the default): nowhere. */
  readonly notifyAt: (url: string | null) => void;
  readonly notifications: readonly SentNotification[];
  /** Resolves once every notification was answered. */
  readonly notified: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Plays Syncro's REST API over HTTP on 127.0.0.1, quirks included. */
export const startSyncro = async (options: SyncroOptions = {}): Promise<SyncroSandbox> => {
  const now = options.now ?? Date.now;
  const data = options.data ?? 'full';
  const state = typeof data === 'string' ? sampleData(now(), data) : data;
  const behaviour: Behaviour = { ...defaultBehaviour, ...options.behaviour };
  const limit = createRateLimit(options.requestsPerMinute ?? 180);
  const faults = createFaultQueue();
  const waits = createWaits();
  const notifications = createNotifications();
  const requests: LoggedRequest[] = [];
  const exchanges: Exchange[] = [];
  const listeners = new Set<(change: Change) => void>();
  const sockets = new Set<Socket>();
  let latency = options.latencyMs ?? 0;
  let isDown = false;
  let outages = 0;
  let isClosed = false;
  let beforeLastWrite = snapshot(state);

  const tell = (change: Change): void => {
    for (const listener of listeners) listener(change);
  };

  /** Nobody sees when it happened: whoever asks next finds it done. */
  const runDueSchedules = (): void => {
    const changes: Change[] = [];
    runSchedules({ state, behaviour, now: now(), changed: (change) => changes.push(change) });
    for (const change of changes) tell(change);
  };

  const commit = (incoming: Incoming): Reply => {
    runDueSchedules();
    const before = incoming.method === 'GET' ? null : snapshot(state);
    // Listeners hear of a change when the whole request is through, never of half of it.
    const changes: Change[] = [];
    const reply = perform({ state, behaviour, now: now(), changed: (change) => changes.push(change) }, incoming);
    if (before !== null && changes.length > 0) beforeLastWrite = before;
    for (const change of changes) tell(change);
    return reply;
  };

  const answer = async (incoming: Incoming, entry: LoggedRequest, response: ServerResponse): Promise<number> => {
    const wait = limit.check(now());
    if (wait !== null) {
      const reply = tooMany(options.sendRetryAfter ? wait : undefined);
      if (options.record) recordExchange(exchanges, incoming, reply);
      return send(response, reply);
    }
    const fault = faults.take(incoming.method, incoming.path ?? '', entry.technician);
    if (fault !== null) entry.fault = fault.kind;
    const outagesBefore = outages;
    // A client that gives up meanwhile stops nothing, as in real life; an outage does.
    await waits.wait(typeof latency === 'number' ? latency : latency());
    if (outages !== outagesBefore || isClosed) return 0;
    if (fault !== null) {
      const old = beforeLastWrite;
      return deliver(
        {
          response,
          // A late commit after close would change an account that its test has left.
          commit: () => (isClosed ? tooMany() : commit(incoming)),
          commitStale: () => perform({ state: old, behaviour, now: now(), changed: () => {} }, incoming),
          wait: async (ms) => void (await waits.wait(ms)),
        },
        fault,
      );
    }
    const reply = commit(incoming);
    if (options.record) recordExchange(exchanges, incoming, reply);
    return send(response, reply);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const incoming = await readIncoming(request);
    const started = performance.now();
    const entry = logRequest(requests, state, incoming, now());
    entry.status = await answer(incoming, entry, response);
    entry.ms = performance.now() - started;
  };

  const server = createServer((request, response) => {
    // A client that leaves while it sends is its own matter; a bug of ours must be seen.
    handle(request, response).catch((error: unknown) => {
      if (!request.complete) return;
      console.error('the Syncro fake failed', error);
      response.destroy();
    });
  });
  server.on('connection', (socket) => {
    if (isDown) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(options.port ?? 0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the Syncro fake has no port');

  return {
    url: `http://127.0.0.1:${address.port}/api/v1`,
    state,
    behaviour,
    requests,
    exchanges,
    fault: faults.add,
    clearFaults: faults.clear,
    pendingFaults: faults.pending,
    setLatency: (latencyMs) => {
      latency = latencyMs;
    },
    down: (wanted) => {
      isDown = wanted;
      if (!wanted) return;
      outages += 1;
      for (const socket of sockets) socket.destroy();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    runSchedules: runDueSchedules,
    customerReply: (ticketId, body) => {
      const before = snapshot(state);
      const comment = customerReplies(state, now(), tell, ticketId, body);
      beforeLastWrite = before;
      notifications.commented(state, comment);
      return comment;
    },
    notifyAt: notifications.to,
    notifications: notifications.sent,
    notified: notifications.idle,
    close: async () => {
      isClosed = true;
      waits.end();
      notifications.close();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      for (const socket of sockets) socket.destroy();
      await closed.promise;
    },
  };
};
