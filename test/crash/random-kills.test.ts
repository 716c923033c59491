import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, jest, test } from '@jest/globals';
import { createRandom, type Random } from '../../src/sandbox/simulation/random.ts';
import type { Modal, SeenMessage } from '../../src/sandbox/slack/slack.ts';
import type { FaultKind } from '../../src/sandbox/syncro/faults.ts';
import { SAMPLE_TECHNICIANS } from '../../src/sandbox/world.ts';
import { previewBill } from '../e2e/bill-steps.ts';
import { billedOnce, effectsOn } from './effects.ts';
import { type Child, killChildren, type Scene, withScene } from './scene.ts';
import { PORTAL } from './steps.ts';

jest.setTimeout(120_000);
afterAll(killChildren);

/** Without lines and invoices in the sample account. */
const TICKETS = [32149, 32150, 32151, 32152, 32153, 32154, 32155, 32156, 32161, 32163, 32164, 32166];
const STRETCH_MS = 20_000;
const KILL_AFTER_MS = [300, 900] as const;
const FAULT_SHARE = 0.2;
const KINDS: readonly FaultKind[] = [
  'cut-before',
  'cut-after',
  '500-before',
  '500-after',
  'html',
  'empty',
  'garbage-before',
  'truncated',
  '429',
  'late',
  'hang',
];

type Bill = {
  readonly number: number;
  readonly by: (typeof SAMPLE_TECHNICIANS)[number];
  readonly comment: string;
  preview: Modal | null;
  confirmed: boolean;
};

const personOf = ({ slack }: Scene, { by }: Bill) => slack.person(by.id);

/** Every request takes a moment, so that kills hit it in between; a fifth of the writes goes wrong. */
const disturb = ({ syncro }: Scene, random: Random): (() => number) => {
  let faults = 0;
  syncro.setLatency(() => {
    const request = syncro.requests.at(-1);
    if (request && request.method !== 'GET' && random.chance(FAULT_SHARE)) {
      faults += 1;
      const kind = random.pick(KINDS);
      const method = random.chance(0.8) ? 'POST' : 'PUT';
      syncro.fault({ kind, method, retryAfter: 1, delayMs: 400, committed: random.chance(0.5) });
    }
    return random.between(20, 120);
  });
  return () => faults;
};

/** Up to the preview, while nobody kills. */
const fillInForms = (scene: Scene, bills: readonly Bill[]): Promise<unknown> =>
  Promise.all(
    bills.map(async (bill) => {
      const work = { comment: bill.comment, audience: PORTAL };
      bill.preview = await previewBill(personOf(scene, bill), bill.number, work);
    }),
  );

/** Presses `Bill it`; where the app died meanwhile, Slack shows an error, and the person presses again next time. */
const press = async (bill: Bill): Promise<void> => {
  const { preview } = bill;
  if (!preview || bill.confirmed) return;
  if (!preview.isOpen()) {
    bill.confirmed = true;
    return;
  }
  const { error } = await preview.submit('Bill it');
  if (error !== undefined) return;
  if (preview.isOpen()) throw new Error(`#${bill.number} was not taken:\n${preview.text()}`);
  bill.confirmed = true;
};

/** Somebody who looks into Syncro and answers what they see there. */
const answer = async (scene: Scene, bill: Bill, question: SeenMessage): Promise<void> => {
  const effects = effectsOn(scene.syncro.state, bill.number, bill.comment);
  const there = /whether the invoice/.test(question.text)
    ? effects.invoices
    : /whether the comment/.test(question.text)
      ? effects.comments
      : effects.lines;
  await question.click(there.length > 0 ? 'It is there' : 'It is not, send again');
};

const latest = (scene: Scene, bill: Bill): SeenMessage | undefined =>
  personOf(scene, bill)
    .dm()
    .findLast(({ text }) => text.includes(`#${bill.number}`));

const answerQuestions = async (scene: Scene, bills: readonly Bill[]): Promise<number> => {
  let answered = 0;
  for (const bill of bills) {
    const message = latest(scene, bill);
    if (!message || !/Can't tell whether/.test(message.text)) continue;
    answered += 1;
    await answer(scene, bill, message);
  }
  return answered;
};

const isBilled = (scene: Scene, bill: Bill): boolean =>
  /^Billed .* Sent once, confirmed\.$/.test(latest(scene, bill)?.raw.text ?? '');

const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

test('twelve bills under random kills and faults all end, none doubled, none lost, every receipt true', () =>
  withScene({ syncro: { requestsPerMinute: 0 } }, async (scene) => {
    const random = createRandom(SEED);
    const faults = disturb(scene, random);
    const bills = TICKETS.map((number, index): Bill => {
      const by = SAMPLE_TECHNICIANS[index % SAMPLE_TECHNICIANS.length] ?? SAMPLE_TECHNICIANS[0];
      return { number, by, comment: `Work on ${number}.`, preview: null, confirmed: false };
    });
    const waiting = [...bills];
    const launch = (): Promise<Child> => scene.launch({ REQUESTS_PER_MINUTE: '60000' });
    let kills = 0;
    let questions = 0;

    for (const end = Date.now() + STRETCH_MS; Date.now() < end; kills += 1) {
      const app = await launch();
      // Two new ones in every third life, by people whose last form is through: work goes on until the end.
      const free = bills.every(({ preview, confirmed }) => preview === null || confirmed);
      if (free && kills % 3 === 0) await fillInForms(scene, waiting.splice(0, 2));
      const presses = Promise.all(bills.map(press));
      const answers = answerQuestions(scene, bills);
      await sleep(random.between(...KILL_AFTER_MS));
      app.kill('SIGKILL');
      expect(await app.exited).toEqual({ code: null, signal: 'SIGKILL' });
      await presses;
      questions += await answers;
    }

    const last = await launch();
    while (waiting.length > 0) {
      await Promise.all(bills.map(press));
      await fillInForms(scene, waiting.splice(0, SAMPLE_TECHNICIANS.length));
    }
    for (const end = Date.now() + 60_000; Date.now() < end; await sleep(100)) {
      await Promise.all(bills.map(press));
      questions += await answerQuestions(scene, bills);
      if (bills.every((bill) => isBilled(scene, bill))) break;
      if (!last.isRunning()) throw new Error(`the app ended by itself:\n${last.output()}`);
    }
    console.info(
      `random kills: CRASH_SEED=${SEED}, ${kills} kills, ${faults()} faults, ${questions} questions, ` +
        `${scene.syncro.requests.filter(({ method }) => method !== 'GET').length} writes arrived`,
    );

    expect(bills.filter((bill) => !isBilled(scene, bill)).map((bill) => latest(scene, bill)?.text)).toEqual([]);
    const found = bills.map(({ number, comment }) => ({ number, ...effectsOn(scene.syncro.state, number, comment) }));
    expect(found).toEqual(
      bills.map(({ number, comment, by }) => ({ number, ...billedOnce(comment, by.syncroUserId) })),
    );
    expect(scene.syncro.state.outbox).toEqual([]);
    expect(scene.slack.problems).toEqual([]);
  }));
