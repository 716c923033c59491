import type { Ack, Core } from './core.ts';
import type { Delivery } from './delivery.ts';
import type { Envelope } from './http-delivery.ts';

/** Each counted from when the attempt before was due. */
const WAITS_MS = [0, 60_000, 300_000];

/** Socket Mode has been seen to give this one reason only. */
const SOCKET_REASON = 'timeout';

const reasonFor = (ack: Ack, bySocket: boolean): string => {
  if (bySocket) return SOCKET_REASON;
  if (ack.timedOut) return 'http_timeout';
  return ack.status === undefined ? 'connection_failed' : 'http_error';
};

/**
 * Sends an event, and again at once, a minute and five minutes later until the app takes it with a 2xx or refuses
 * further attempts with `X-Slack-No-Retry: 1`. Commands and interactions are never repeated.
 * @returns what came of the first attempt; the others happen by themselves, on the sandbox's clock.
 * @see https://docs.slack.dev/apis/events-api#retries
 */
export const sendWithRetries = async (
  { clock }: Pick<Core, 'clock'>,
  delivery: Delivery,
  envelope: Envelope,
): Promise<Ack> => {
  const repeat = async (number: number, reason: string, dueAt: number): Promise<void> =>
    follow(await delivery.send({ ...envelope, retry: { number, reason } }), number + 1, dueAt);
  const follow = (ack: Ack, number: number, dueAt: number): void => {
    const waitMs = WAITS_MS[number - 1];
    if (ack.error === undefined || ack.noRetry || waitMs === undefined) return;
    const at = dueAt + waitMs;
    clock.at(at, () => void repeat(number, reasonFor(ack, delivery.bySocket()), at));
  };
  const ack = await delivery.send(envelope);
  follow(ack, 1, clock.now());
  return ack;
};
