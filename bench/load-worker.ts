import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { takeAnswers } from './answers.ts';
import { sendCommand } from './signed-command.ts';

export type LoadHow =
  | { readonly kind: 'rate'; readonly perSecond: number; readonly seconds: number }
  /** So many at a time, each sent when the one before it is acknowledged. */
  | { readonly kind: 'saturate'; readonly atOnce: number; readonly seconds: number };

/**
 * autocannon waits for an answer before it sends the next request of a connection, so a slow answer hides those that
 * would have waited behind it; and Slack's signature differs with each body and second. Hence these few lines.
 */
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

const { port, signingSecret, people, text, how }: LoadOrder = workerData;
const agent = new Agent({ keepAlive: true });
const answers = await takeAnswers();

const ms: number[] = [];
let refused = 0;
const timed = async (n: number, due: number): Promise<void> => {
  const user = people[n % people.length] ?? '';
  const isTaken = await sendCommand({ port, signingSecret, agent }, { user, text, responseUrl: answers.urlOf(n) });
  ms.push(performance.now() - due);
  if (!isTaken) refused += 1;
};

// The thread's own first steps and the connection are nobody's acknowledgement.
const WARM_UP = 8;
for (let n = 0; n < WARM_UP; n++) await timed(n, 0);
ms.length = 0;
await sleep(200);

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
answers.close();
const result: LoadResult = { ms, refused, perSecond };
parentPort?.postMessage(result);
