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
  readonly deliver: (envelope: Envelope, times: number) => Promise<RawAnswer>;
  /** Tells every connection to go, as Slack does each hour or so. Slack leaves the TCP connection open: so does this. */
  readonly disconnect: (reason: DisconnectReason) => void;
  /** Cuts the connections without a word. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

/** A client whose closing handshake is cut off waits 30 s for it (socket-mode 3.1): so take part in it first. */
const CLOSE_GRACE_MS = 500;

type Waiting = { readonly socket: WebSocket; readonly answer: (answer: RawAnswer) => void; acked: boolean };

/** Socket Mode: any payload goes to any connection that was not told to go. */
export const createSocketDelivery = (core: Core): SocketDelivery => {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const leaving = new Set<WebSocket>();
  const envelopes = new Map<string, Waiting>();
  let turn = 0;

  const receive = (text: string): void => {
    const frame = jsonOf(parseJson(text));
    const waiting = envelopes.get(textOf(frame.envelope_id));
    if (!waiting) {
      core.problems.push(`socket: unknown envelope ${textOf(frame.envelope_id)}`);
    } else if (waiting.acked) {
      core.problems.push(`socket: envelope ${textOf(frame.envelope_id)} acked twice`);
      core.changes.changed();
    } else {
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
    const ping = setInterval(() => socket.ping(`Ping from sandbox ${Date.now()}`), core.settings.pingEveryMs);
    ping.unref();
    socket.on('message', (data) => receive(String(data)));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(ping);
      open.delete(socket);
      leaving.delete(socket);
      for (const waiting of envelopes.values()) {
        if (waiting.socket === socket && !waiting.acked) waiting.answer({ error: 'dispatch_failed' });
      }
      core.changes.changed();
    });
    const info = { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 };
    const hello = { type: 'hello', num_connections: open.size, connection_info: { app_id: APP_ID }, debug_info: info };
    socket.send(JSON.stringify(hello));
    core.changes.changed();
  };

  const sendOnce = (socket: WebSocket, envelope: Envelope): Promise<RawAnswer> =>
    new Promise((resolve) => {
      const id = `E${core.nextId()}`;
      envelopes.set(id, { socket, answer: resolve, acked: false });
      const frame = {
        envelope_id: id,
        type: envelope.kind,
        accepts_response_payload: envelope.kind !== 'events_api',
        payload: envelope.payload,
        ...(envelope.kind === 'events_api'
          ? { retry_attempt: envelope.retry?.number ?? 0, retry_reason: envelope.retry?.reason ?? '' }
          : {}),
      };
      socket.send(JSON.stringify(frame));
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
    deliver: async (envelope, times) => {
      const ready = [...open].filter((socket) => !leaving.has(socket) && socket.readyState === socket.OPEN);
      const [first] = await Promise.all(
        Array.from({ length: times }, () => {
          const socket = ready[turn++ % Math.max(1, ready.length)];
          return socket ? sendOnce(socket, envelope) : Promise.resolve({ error: 'dispatch_failed' });
        }),
      );
      return first ?? { error: 'dispatch_failed' };
    },
    disconnect: (reason) => {
      for (const socket of open) {
        if (reason !== 'warning') leaving.add(socket);
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
      }
    },
    cut: () => {
      for (const socket of open) socket.terminate();
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
