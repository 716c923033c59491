import { WebSocket } from 'ws';
import { z } from 'zod';

/** What Slack hands over: one payload, to be acknowledged by its id on the connection that it came through. */
export type Envelope = {
  readonly id: string;
  readonly body: Record<string, unknown>;
  readonly retryNum: number | undefined;
  readonly retryReason: string | undefined;
};

/** Why a connection is used no longer: Slack's own word (`warning`, `refresh_requested`, …) or `closed`. */
export type Leaving = string;

export type Connection = {
  /** Slack has said hello: from now on it hands payloads to this connection. @throws Error when it closes before */
  readonly greeted: Promise<void>;
  /** Slack wants it replaced, or it is closed. What still comes through it is taken until then. */
  readonly leaving: Promise<Leaving>;
  readonly closed: Promise<void>;
  /** @throws Error when the connection is closed or closing: then Slack has not heard it */
  acknowledge(id: string, payload: Record<string, unknown>): Promise<void>;
  /** Closes once everything that it took is acknowledged; what is not, Slack hands to another connection. */
  close(): void;
};

export type Timing = {
  /** How often a sign of life is asked for; two without one and the connection counts as dead. */
  readonly pingMs: number;
  /** Until Slack's hello. */
  readonly helloMs: number;
};

/** Slack waits this long for an acknowledgement, so a closing connection need not wait longer for one of ours. */
const ACK_MS = 3_000;
/** For the closing handshake: Slack has been seen to leave the connection open. */
const FAREWELL_MS = 1_000;
const LARGEST_FRAME_BYTES = 2_000_000;

const frame = z.looseObject({
  type: z.string(),
  reason: z.string().optional(),
  envelope_id: z.string().min(1).optional(),
  payload: z.record(z.string(), z.unknown()).optional(),
  retry_attempt: z.number().optional(),
  retry_reason: z.string().optional(),
});

const readFrame = (data: WebSocket.RawData): z.infer<typeof frame> | null => {
  try {
    return frame.parse(JSON.parse(String(data)));
  } catch {
    return null;
  }
};

/** One Socket Mode connection. @param url single-use, of `apps.connections.open` */
export const connect = (
  url: string,
  { pingMs, helloMs }: Timing,
  take: (envelope: Envelope, through: Connection) => void,
): Connection => {
  const socket = new WebSocket(url, { maxPayload: LARGEST_FRAME_BYTES, handshakeTimeout: helloMs });
  const greeted = Promise.withResolvers<void>();
  const leaving = Promise.withResolvers<Leaving>();
  const closed = Promise.withResolvers<void>();
  const unacknowledged = new Set<string>();
  let taking = true;
  let closing = false;
  let alive = true;

  const farewell = (): void => {
    taking = false;
    socket.close(1000);
    setTimeout(() => socket.terminate(), FAREWELL_MS).unref();
  };

  const tooLate = setTimeout(() => socket.terminate(), helloMs);
  const pinging = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, pingMs);
  pinging.unref();

  const connection: Connection = {
    greeted: greeted.promise,
    leaving: leaving.promise,
    closed: closed.promise,
    acknowledge: (id, payload) =>
      new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(new Error('the connection to Slack is closed'));
        socket.send(JSON.stringify({ envelope_id: id, payload }), (error) => {
          if (error) return reject(error);
          unacknowledged.delete(id);
          if (closing && unacknowledged.size === 0) farewell();
          resolve();
        });
      }),
    close: () => {
      if (closing) return;
      closing = true;
      if (unacknowledged.size === 0) farewell();
      else setTimeout(farewell, ACK_MS).unref();
    },
  };

  for (const sign of ['ping', 'pong', 'message'] as const)
    socket.on(sign, () => {
      alive = true;
    });
  socket.on('message', (data) => {
    const read = readFrame(data);
    if (read?.type === 'hello') {
      clearTimeout(tooLate);
      greeted.resolve();
    } else if (read?.type === 'disconnect') {
      leaving.resolve(read.reason ?? 'unknown');
      greeted.reject(new Error(read.reason ?? 'unknown'));
    } else if (read?.envelope_id && taking) {
      // What is not taken is not acknowledged either: Slack knows that it did not arrive.
      unacknowledged.add(read.envelope_id);
      take(
        {
          id: read.envelope_id,
          body: read.payload ?? {},
          retryNum: read.retry_attempt,
          retryReason: read.retry_reason,
        },
        connection,
      );
    }
  });
  socket.on('error', (error) => greeted.reject(error));
  socket.on('close', () => {
    clearTimeout(tooLate);
    clearInterval(pinging);
    taking = false;
    greeted.reject(new Error('closed before hello'));
    leaving.resolve('closed');
    closed.resolve();
  });
  // Whoever only waits for the end need not care about the beginning.
  greeted.promise.catch(() => undefined);
  return connection;
};
