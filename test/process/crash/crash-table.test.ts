import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { SeenMessage } from '../../../sandbox/slack/slack.ts';
import { startBilling } from '../../features/bill/bill-steps.ts';
import { howardOf } from '../../world/people.ts';
import { sends } from './effects.ts';
import { expectBilledOnce } from './judge.ts';
import { type Child, killChildren, type Scene, waitFor, withScene } from './scene.ts';
import { PORTAL, WRITES, type WriteStep } from './steps.ts';

afterAll(killChildren);

const QUICK = {};
const RESTARTED = /The app restarted at/g;

/** Killed in the middle of a bill, started again on the same file; up to the receipt. */
const restartAndFinish = async (scene: Scene, wasOpen = true): Promise<SeenMessage> => {
  const seenBefore = scene.shown.length;
  await scene.goOn();
  const receipt = await howardOf(scene).message(/Sent once, confirmed/);
  const after = scene.shown.slice(seenBefore);
  for (const text of scene.shown) expect((text.match(RESTARTED) ?? []).length).toBeLessThanOrEqual(1);
  expect(scene.shown.slice(0, seenBefore).join('\n')).not.toMatch(RESTARTED);
  // What was all done before is only shown.
  if (wasOpen) expect(after.join('\n')).toMatch(RESTARTED);
  return receipt;
};

const expectKilled = async ({ exited }: Child): Promise<void> =>
  expect(await exited).toEqual({ code: null, signal: 'SIGKILL' });

const POINTS_ON = /see the newer message below/;

/**
 * One message, whose last state is the receipt; also when the process died while Slack was taking it. What it said before
 * a question, which is a message of its own, only points there.
 */
const expectOneMessage = (scene: Scene, more = 0): void => {
  const shown = howardOf(scene).dm();
  expect(shown.filter(({ text }) => !POINTS_ON.test(text))).toHaveLength(1);
  expect(shown).toHaveLength(1 + more);
};

describe('a process killed with -9 and started again bills exactly once, killed', () => {
  for (const write of WRITES) {
    const { step } = write;
    test.each([
      ['before its intent is committed', 'before-intent', 1],
      ['after the intent, with nothing sent', 'before-send', 1],
      ['while the request goes out', 'while-sending', null],
      ['after the answer, before the outcome is recorded', 'before-record', null],
      ['after the outcome is recorded', 'after-record', 1],
    ] as const)(`at ${step} %s`, (_words, instant, sent) =>
      withScene(QUICK, async (scene) => {
        const first = await scene.launch({ DIE_AT: `${step}:${instant}` });
        await startBilling(howardOf(scene), 32164, { audience: PORTAL });
        await expectKilled(first);
        // At the last step the answer may have been recorded before a blow that comes a moment after the send.
        const mayBeDone = step === 'ticket_update' && (instant === 'after-record' || instant === 'while-sending');
        const receipt = await restartAndFinish(scene, !mayBeDone);
        expectBilledOnce(scene, receipt);
        if (sent !== null) expect(sends(scene.syncro, write)).toBe(sent);
        expect(scene.changes.at(-1)).toMatchObject({ kind: 'ticket', action: 'updated' });
        expectOneMessage(scene);
      }),
    );

    test(`at ${step} while Syncro has the request and has not committed it`, () =>
      withScene(LONG_SETTLING, (scene) => killedWhileSyncroWorks(scene, write, 'before-commit')));

    test(`at ${step} after Syncro committed, before the answer is read`, () =>
      withScene(QUICK, (scene) => killedWhileSyncroWorks(scene, write, 'after-commit')));
  }

  test.each([
    ['before the check of the invoice is recorded', 'before-record'],
    ['after the check of the invoice is recorded', 'after-record'],
  ])('%s', (_words, instant) =>
    withScene(QUICK, async (scene) => {
      const first = await scene.launch({ DIE_AT: `verify_invoice:${instant}` });
      await startBilling(howardOf(scene), 32164, { audience: PORTAL });
      await expectKilled(first);
      expectBilledOnce(scene, await restartAndFinish(scene));
      for (const write of WRITES) expect(sends(scene.syncro, write)).toBe(1);
      expectOneMessage(scene);
    }),
  );
});

/** After the next process has looked for the first time, before absence counts. */
const COMMIT_LATE_MS = 3_000;
const LONG_SETTLING = { settle: 5 };

const killedWhileSyncroWorks = async (
  scene: Scene,
  write: WriteStep,
  when: 'before-commit' | 'after-commit',
  audience = PORTAL,
): Promise<void> => {
  const { syncro, changes } = scene;
  const { method, path } = write;
  const first = await scene.launch();
  syncro.fault(
    when === 'before-commit'
      ? { kind: 'late', hang: true, delayMs: COMMIT_LATE_MS, method, path }
      : { kind: 'hang', committed: true, method, path },
  );
  await startBilling(howardOf(scene), 32164, { audience });
  await waitFor('the request arrived', () => sends(syncro, write) > 0);
  const before = changes.length;
  first.kill('SIGKILL');
  await expectKilled(first);
  if (when === 'before-commit') expect(changes).toHaveLength(before);
  const mails = audience === PORTAL ? 0 : 1;
  expectBilledOnce(scene, await restartAndFinish(scene), mails);
  // A change of the status may be repeated: the second changes nothing.
  if (write.step !== 'ticket_update') expect(sends(syncro, write)).toBe(1);
  expectOneMessage(scene);
};

const [COMMENT] = WRITES;
const EMAIL = 'Email the customer';

describe('a comment that emails', () => {
  test('is asked about when it was killed before the send, and goes out once on "send again"', () =>
    withScene(QUICK, async (scene) => {
      const howard = howardOf(scene);
      const first = await scene.launch({ DIE_AT: 'comment:before-send' });
      await startBilling(howard, 32164);
      await expectKilled(first);
      await scene.goOn();
      const question = await howard.message(/did the comment reach/);
      expect(question.text).toContain('[Yes, go on] [No, send again] [Stop]');
      expect(question.text).toContain('The app restarted at');
      expect(sends(scene.syncro, COMMENT)).toBe(0);
      expect(scene.syncro.state.outbox).toHaveLength(0);
      await question.click('No, send again');
      expectBilledOnce(scene, await howard.message(/Sent once, confirmed/), 1);
      expect(sends(scene.syncro, COMMENT)).toBe(1);
      expectOneMessage(scene, 1);
    }));

  test.each(['before-commit', 'after-commit'] as const)(
    'is found, and goes out once, when the process was killed %s',
    (when) => withScene(LONG_SETTLING, (scene) => killedWhileSyncroWorks(scene, COMMENT, when, EMAIL)),
  );
});

describe('a question that was asked when the process died', () => {
  test('is shown once by the next process, however slow Slack is', () =>
    withScene(QUICK, async (scene) => {
      const howard = howardOf(scene);
      scene.syncro.fault({ kind: 'cut-before', method: COMMENT.method, path: COMMENT.path });
      const first = await scene.launch({ DIE_AT: 'comment:after-question' });
      await startBilling(howard, 32164);
      await expectKilled(first);
      const updates = () => scene.slack.calls.filter(({ method }) => method === 'chat.update').length;
      const before = updates();
      scene.slack.failNext('chat.update', { delayMs: 900 }, 20);
      await scene.goOn();
      const question = await howard.message(/did the comment reach/);
      await sleep(3_000);
      expect(updates() - before).toBe(1);
      await question.click('Stop');
      await howard.message(/Stopped billing #32164/);
      expectOneMessage(scene, 1);
    }));
});
