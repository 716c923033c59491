import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Ack, Core } from './core.ts';
import { type Envelope, postSigned, type RawAnswer, type Tamper } from './http-delivery.ts';
import { textOf } from './json.ts';
import type { SocketDelivery } from './socket-delivery.ts';

export type Delivery = {
  readonly send: (envelope: Envelope, tamper?: Tamper) => Promise<Ack>;
  /** HTTP from now on; undefined: Socket Mode. */
  readonly deliverTo: (url: string | undefined) => void;
  readonly bySocket: () => boolean;
  /** The next `times` deliveries, of whatever kind, go out like this. */
  readonly tamperNext: (tamper: Tamper, times?: number) => void;
  /** Resolves once nothing is under way any more, late acks included. */
  readonly idle: () => Promise<void>;
  readonly close: () => void;
};

const nameOf = ({ kind, payload }: Envelope): string =>
  kind === 'slash_commands' ? `${textOf(payload.command)} ${textOf(payload.text)}`.trim() : textOf(payload.type);

/** Hands payloads to the app, waits as long as Slack waits, and keeps a record of every ack. */
export const createDelivery = (core: Core, socket: SocketDelivery, url: string | undefined): Delivery => {
  let target = url;
  const orders: Tamper[] = [];
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();

  const transmit = async (envelope: Envelope, tamper: Tamper): Promise<RawAnswer> => {
    const times = tamper.duplicate ? 2 : 1;
    if (target === undefined) return socket.deliver(envelope, times);
    const to = target;
    const { signingSecret } = core.settings;
    const once = (): Promise<RawAnswer> => postSigned(to, signingSecret, envelope, tamper, closing.signal);
    const [first] = await Promise.all(Array.from({ length: times }, once));
    return first ?? { error: 'dispatch_failed' };
  };

  const note = (envelope: Envelope, tamper: Tamper, ack: Ack): Ack => {
    core.acks.push(ack);
    const name = nameOf(envelope);
    const odd = tamper.wrongSignature || tamper.staleTimestamp || tamper.charset;
    if (ack.timedOut) core.problems.push(`${name}: not acked within ${core.settings.waitsMs} ms`);
    else if (ack.status !== undefined && ack.error !== undefined && !odd) {
      core.problems.push(`${name}: answered with HTTP ${ack.status}`);
    }
    core.changes.changed();
    return ack;
  };

  return {
    deliverTo: (next) => {
      target = next;
    },
    bySocket: () => target === undefined,
    tamperNext: (tamper, times = 1) => {
      orders.push(...Array.from({ length: times }, () => tamper));
    },
    send: async (envelope, given) => {
      const tamper = given ?? orders.shift() ?? {};
      const started = performance.now();
      const answer = transmit(envelope, tamper);
      running.add(answer);
      void answer.finally(() => running.delete(answer));
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), core.settings.waitsMs);
      });
      const won = await Promise.race([answer, timeout]);
      clearTimeout(timer);
      const ms = performance.now() - started;
      const kind = nameOf(envelope);
      if (won === 'late') return note(envelope, tamper, { kind, ms, timedOut: true, error: 'operation_timeout' });
      return note(envelope, tamper, { kind, ms, timedOut: false, ...won });
    },
    idle: async () => {
      do {
        await Promise.allSettled(running);
        // An event that failed is sent again at once, a few turns after its answer.
        await nextTurn();
      } while (running.size > 0);
    },
    close: () => closing.abort(),
  };
};
