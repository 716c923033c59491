import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A connection that is open and idle: the request of a write goes out on exactly this one. */
export type OpenSocket = {
  /** False when Syncro closed it, or spoke first: then sending on it makes no sense, and nothing was sent. */
  readonly usable: () => boolean;
  /** Hands it over, once. */
  readonly take: () => Socket;
  /** True while provably no byte of a request went into it. */
  readonly untouched: () => boolean;
  /**
   * Gives up: a TCP reset, because after a plain close the kernel would go on delivering what was written, and a write
   * that was given up could land later.
   */
  readonly reset: () => void;
  readonly timedOut: () => boolean;
  readonly destroy: () => void;
};

const ready = (socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed while connecting')));
    signal.addEventListener('abort', () => reject(new Error('timed out while connecting')), { once: true });
  });

const holding = (raw: Socket, carrier: Socket): OpenSocket => {
  // bytesWritten counts what was handed over, not only what was delivered, and for TLS the plain bytes:
  // unchanged means that not even the first byte of the request line was given to it.
  const before = carrier.bytesWritten;
  let ended = false;
  let taken = false;
  let reset = false;
  carrier.once('end', () => {
    ended = true;
  });
  return {
    usable: () => !ended && !carrier.destroyed && carrier.writable && carrier.readableLength === 0,
    take: () => {
      if (taken) throw new Error('A prepared connection carries one request');
      if (carrier.destroyed) throw new Error('The prepared connection is gone');
      taken = true;
      return carrier;
    },
    untouched: () => carrier.bytesWritten === before,
    reset: () => {
      reset = true;
      // The TLS wrapper can't reset; the TCP socket under it can.
      raw.resetAndDestroy();
      carrier.destroy();
    },
    timedOut: () => reset,
    destroy: () => {
      carrier.destroy();
      raw.destroy();
    },
  };
};

/**
 * Opens TCP, and TLS for https, and waits until both stand. Nothing of a request is sent.
 * @throws Error without an address in it: the host could not be reached within `timeoutMs`.
 */
export const openSocket = async (baseUrl: string, timeoutMs: number): Promise<OpenSocket> => {
  const url = new URL(baseUrl);
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const signal = AbortSignal.timeout(timeoutMs);
  const raw = connectTcp({ host, port: Number(url.port || (secure ? 443 : 80)), noDelay: true });
  // For the whole life of the socket: an idle connection that breaks must not end the process.
  raw.on('error', () => undefined);
  let carrier = raw;
  try {
    await ready(raw, 'connect', signal);
    if (secure) {
      carrier = connectTls({
        socket: raw,
        ALPNProtocols: ['http/1.1'],
        ...(isIP(host) === 0 ? { servername: host } : { host }),
      });
      carrier.on('error', () => undefined);
      await ready(carrier, 'secureConnect', signal);
    }
    return holding(raw, carrier);
  } catch {
    carrier.destroy();
    raw.destroy();
    throw new Error('No connection');
  }
};
