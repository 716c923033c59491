import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Core } from './core.ts';
import type { Envelope, RawAnswer } from './http-delivery.ts';
import { jsonOf, parseJson, textOf } from './json.ts';
import { APP_ID } from './options.ts';

const MAX_CONNECTIONS = 10;

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export type SocketDelivery = {
  /** A single-use address for `apps.connections.open`. */
  readonly ticket: () => string;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly connections: () => number;
  /** @param times the same envelope through so many connections, as when Slack did not hear of it in time */
  readonly deliver: (envelope: Envelope, times: number) => Promise<RawAnswer>;
  /** How often an envelope was handed over again, because its connection closed before it was acknowledged. */
  readonly repeated: () => number;
  /**
   * Tells every connection to go, or one of them, as Slack does each hour or so. Slack leaves the TCP connection open: so
   * does this, unless it is to close it after so long.
   */
  readonly disconnect: (reason: DisconnectReason, which?: { readonly nth?: number; readonly closeMs?: number }) => void;
  /** Cuts the connections without a word; `busy`: those that something is to be acknowledged on. */
  readonly cut: (which?: 'busy') => void;
  /** The connections that are open now stay open and say nothing any more, as behind a dead router. */
  readonly mute: () => void;
  readonly close: () => Promise<void>;
};

/** A client whose closing handshake is cut off waits 30 s for it (socket-mode 3.1): so take part in it first. */
const CLOSE_GRACE_MS = 500;

type Waiting = {
  readonly frame: string;
  readonly answer: (answer: RawAnswer) => void;
  /** Where it was sent, each time that it was; every one is acknowledged for itself. */
  readonly due: WebSocket[];
  acked: boolean;
};

/** Socket Mode: any payload goes to any connection that was not told to go. */
export const createSocketDelivery = (core: Core): SocketDelivery => {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const leaving = new Set<WebSocket>();
  const muted = new WeakSet<WebSocket>();
  const envelopes = new Map<string, Waiting>();
  let turn = 0;
  let repeated = 0;

  const ready = (): readonly WebSocket[] =>
    [...open].filter((socket) => !leaving.has(socket) && !muted.has(socket) && socket.readyState === socket.OPEN);

  /** What was not acknowledged did not arrive: another connection gets it, where there is one. */
  const handOver = (waiting: Waiting): void => {
    const [next] = ready();
    if (next) {
      repeated += 1;
      waiting.due.push(next);
      next.send(waiting.frame);
    } else waiting.answer({ error: 'dispatch_failed' });
  };

  const receive = (socket: WebSocket, text: string): void => {
    const frame = jsonOf(parseJson(text));
    const waiting = envelopes.get(textOf(frame.envelope_id));
    const at = waiting?.due.indexOf(socket) ?? -1;
    if (!waiting) {
      core.problems.push(`socket: unknown envelope ${textOf(frame.envelope_id)}`);
    } else if (at < 0) {
      const how = waiting.acked ? 'acked twice' : 'acked where it was not sent';
      core.problems.push(`socket: envelope ${textOf(frame.envelope_id)} ${how}`);
      core.changes.changed();
    } else {
      waiting.due.splice(at, 1);
      waiting.acked = true;
      const payload = jsonOf(frame.payload);
      waiting.answer({ status: 200, body: Object.keys(payload).length > 0 ? payload : undefined });
    }
  };

  const greet = (socket: WebSocket): void => {
    if (open.size >= MAX_CONNECTIONS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      socket.close();
      return;
    }
    open.add(socket);
    const ping = setInterval(() => {
      if (!muted.has(socket)) socket.ping(`Ping from sandbox ${Date.now()}`);
    }, core.settings.pingEveryMs);
    ping.unref();
    socket.on('message', (data) => receive(socket, String(data)));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(ping);
      open.delete(socket);
      leaving.delete(socket);
      for (const waiting of envelopes.values()) {
        const wasDue = waiting.due.includes(socket);
        waiting.due.splice(0, waiting.due.length, ...waiting.due.filter((each) => each !== socket));
        if (wasDue && !waiting.acked && waiting.due.length === 0) handOver(waiting);
      }
      core.changes.changed();
    });
    const info = { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 };
    const hello = { type: 'hello', num_connections: open.size, connection_info: { app_id: APP_ID }, debug_info: info };
    socket.send(JSON.stringify(hello));
    core.changes.changed();
  };

  const sendThrough = (sockets: readonly WebSocket[], envelope: Envelope): Promise<RawAnswer> =>
    new Promise((resolve) => {
      const id = `E${core.nextId()}`;
      const frame = JSON.stringify({
        envelope_id: id,
        type: envelope.kind,
        accepts_response_payload: envelope.kind !== 'events_api',
        payload: envelope.payload,
        ...(envelope.kind === 'events_api'
          ? { retry_attempt: envelope.retry?.number ?? 0, retry_reason: envelope.retry?.reason ?? '' }
          : {}),
      });
      envelopes.set(id, { frame, due: [...sockets], answer: resolve, acked: false });
      for (const socket of sockets) socket.send(frame);
    });

  return {
    ticket: () => {
      const ticket = `${core.nextId()}${core.nextId()}`;
      tickets.add(ticket);
      return `${core.url.replace('http:', 'ws:')}/link/?ticket=${ticket}&app_id=${APP_ID}`;
    },
    upgrade: (request, socket, head) => {
      const ticket = new URL(request.url ?? '/', 'http://sandbox').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, greet);
    },
    connections: () => open.size,
    deliver: (envelope, times) => {
      const sockets = ready();
      const through = Array.from({ length: times }, () => sockets[turn++ % Math.max(1, sockets.length)]);
      const open = through.filter((socket) => socket !== undefined);
      return open.length > 0 ? sendThrough(open, envelope) : Promise.resolve({ error: 'dispatch_failed' });
    },
    repeated: () => repeated,
    disconnect: (reason, { nth, closeMs } = {}) => {
      for (const socket of nth === undefined ? open : [...open].slice(nth, nth + 1)) {
        // After a warning Slack goes on using it, for about ten seconds.
        if (reason !== 'warning') leaving.add(socket);
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
        if (closeMs !== undefined) setTimeout(() => socket.close(1000), closeMs).unref();
      }
    },
    cut: (which) => {
      const busy = new Set([...envelopes.values()].flatMap(({ acked, due }) => (acked ? [] : due)));
      for (const socket of which === 'busy' ? busy : open) socket.terminate();
    },
    mute: () => {
      for (const socket of open) {
        muted.add(socket);
        socket.pause();
      }
    },
    close: async () => {
      const gone = [...open].map((socket) => {
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket.close(1000);
        return closed;
      });
      await Promise.race([Promise.all(gone), sleep(CLOSE_GRACE_MS, undefined, { ref: false })]);
      for (const socket of open) socket.terminate();
      server.close();
    },
  };
};
