import { Agent, createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { sign } from '../src/sandbox/slack/http-delivery.ts';

/**
 * autocannon waits for an answer before it sends the next request of a connection, so a slow answer hides those that
 * would have waited behind it; and Slack's signature differs with each body and second. Hence these few lines.
 */
export type LoadHow =
  | { readonly kind: 'rate'; readonly perSecond: number; readonly seconds: number }
  /** So many at a time, each sent when the one before it is acknowledged. */
  | { readonly kind: 'saturate'; readonly atOnce: number; readonly seconds: number };

export type LoadOrder = {
  readonly port: number;
  readonly signingSecret: string;
  /** Slack ids, by turns. */
  readonly people: readonly string[];
  /** Behind `/syncro`. */
  readonly text: string;
  readonly how: LoadHow;
};

export type LoadResult = {
  /** Of each: from the moment at which it was due to the end of its acknowledgement. */
  readonly ms: readonly number[];
  readonly refused: number;
  readonly perSecond: number;
};

const order: LoadOrder = workerData;
const agent = new Agent({ keepAlive: true });

/** Where the app sends its answers: they are taken and forgotten. */
const sink = createServer((incoming, outgoing) => {
  incoming.resume().on('end', () => outgoing.end('ok'));
});
await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
const address = sink.address();
const sinkPort = typeof address === 'object' && address !== null ? address.port : 0;

const bodyOf = (n: number): string =>
  new URLSearchParams({
    token: 'sandbox-verification-token',
    team_id: 'T0SANDBOX',
    channel_id: 'C0GENERAL',
    user_id: order.people[n % order.people.length] ?? '',
    command: '/syncro',
    text: order.text,
    api_app_id: 'A0SYNCRO',
    response_url: `http://127.0.0.1:${sinkPort}/${n}`,
    trigger_id: `${n}.${process.hrtime.bigint()}`,
  }).toString();

const post = (n: number): Promise<boolean> => {
  const body = bodyOf(n);
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(order.signingSecret, timestamp, body),
  };
  return new Promise((resolve) => {
    const sent = request(
      { host: '127.0.0.1', port: order.port, path: '/slack/events', method: 'POST', agent, headers },
      (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode === 200));
      },
    );
    sent.on('error', () => resolve(false));
    sent.end(body);
  });
};

const ms: number[] = [];
let refused = 0;
const timed = async (n: number, due: number): Promise<void> => {
  const isTaken = await post(n);
  ms.push(performance.now() - due);
  if (!isTaken) refused += 1;
};

const { how } = order;
const began = performance.now();
if (how.kind === 'rate') {
  const sent: Promise<void>[] = [];
  for (let n = 0; n < how.perSecond * how.seconds; n++) {
    const due = began + (n * 1000) / how.perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    // A timer that is late is the generator's own fault: counted from when it could be sent.
    sent.push(timed(n, Math.max(due, performance.now())));
  }
  await Promise.all(sent);
} else {
  let n = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() - began < how.seconds * 1000) await timed(n++, performance.now());
  };
  await Promise.all(Array.from({ length: how.atOnce }, lane));
}
const perSecond = ms.length / ((performance.now() - began) / 1000);
agent.destroy();
sink.close();
const result: LoadResult = { ms, refused, perSecond };
parentPort?.postMessage(result);
