import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { createRandom } from '../../../sandbox/simulation/random.ts';
import { SAMPLE_TECHNICIANS } from '../../../sandbox/world.ts';
import { previewBill } from '../../features/bill/bill-steps.ts';
import { billedOnce, effectsOn } from './effects.ts';
import { answerQuestions, type Bill, disturb, isBilled, latest, personOf, TICKETS } from './many-bills.ts';
import { type Child, killChildren, type Scene, withScene } from './scene.ts';
import { PORTAL } from './steps.ts';

afterAll(killChildren);

const STRETCH_MS = 8_000;
const KILL_AFTER_MS = [300, 900] as const;
/** Up to the preview, while nobody kills. */
const fillInForms = (scene: Scene, bills: readonly Bill[]): Promise<unknown> =>
  Promise.all(
    bills.map(async (bill) => {
      const work = { comment: bill.comment, audience: PORTAL };
      bill.preview = await previewBill(personOf(scene, bill), bill.number, work);
    }),
  );

/** Presses `Bill`; where the app died meanwhile, Slack shows an error, and the person presses again next time. */
const press = async (bill: Bill): Promise<void> => {
  const { preview } = bill;
  if (!preview || bill.confirmed) return;
  if (!preview.isOpen()) {
    bill.confirmed = true;
    return;
  }
  const { error } = await preview.submit(/^Bill /);
  if (error !== undefined) return;
  if (preview.isOpen()) throw new Error(`#${bill.number} was not taken:\n${preview.text()}`);
  bill.confirmed = true;
};

const SEED = Number(process.env.CRASH_SEED ?? randomInt(1_000_000));

test('twelve bills under random kills and faults all end, none doubled, none lost, every receipt true', () =>
  withScene({ timeout: 2, syncro: { requestsPerMinute: 0 } }, async (scene) => {
    const random = createRandom(SEED);
    const faults = disturb(scene, random);
    const bills = TICKETS.map((number, index): Bill => {
      const by = SAMPLE_TECHNICIANS[index % SAMPLE_TECHNICIANS.length] ?? SAMPLE_TECHNICIANS[0];
      return { number, by, comment: `Work on ${number}.`, preview: null, confirmed: false, asked: 0 };
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
