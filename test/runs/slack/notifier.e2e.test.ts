import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type SlackSandbox, startSlack } from '../../../sandbox/slack/slack.ts';
import type { Notice, ToShow } from '../../../src/runs/ports.ts';
import { conclude } from '../../../src/runs/rules/moves.ts';
import type { Run } from '../../../src/runs/rules/run.ts';
import { createNotifier } from '../../../src/runs/slack/notifier.ts';
import { createLinks } from '../../../src/slack/links.ts';
import { createWebClients } from '../../../src/slack/web-clients.ts';
import { holdStill } from '../../held-time.ts';
import { aQuietLog } from '../../syncro/scripted-syncro.ts';
import { aRun, sending } from '../rules/a-run.ts';
import { noon } from '../rules/a-ticket.ts';

let slack: SlackSandbox | undefined;
beforeEach(() => holdStill(['Date', 'setTimeout', 'clearTimeout'], noon));
afterEach(async () => {
  await slack?.close();
  jest.useRealTimers();
});

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const aNotifier = async (askedIn: string | null = null) => {
  slack = await startSlack();
  const clock = { at: noon, now: () => clock.at, sleep: () => Promise.resolve() };
  const notifier = createNotifier({
    clients: createWebClients(slack.botToken, slack.apiUrl, aQuietLog),
    links: createLinks('https://computerguru.syncromsp.com'),
    askedIn: () => Promise.resolve(askedIn),
    clock,
    log: aQuietLog,
  });
  const show = async (run: Run, more: Partial<ToShow> = {}): Promise<Notice | null> => {
    const shown = await notifier.show({ run, version: 1, notice: null, mayBeThere: false, ...more });
    if (shown.result !== 'shown') throw new Error('nothing was said');
    return shown.notice;
  };
  return { slack, clock, howard: slack.person('U012HOWARD'), notifier, show };
};

const run = aRun({ createdAt: noon - 10 * SECOND });
const asking = conclude(sending(run), { outcome: 'refused', status: 422, message: 'Body is too short' }, noon);
const finished = { ...run, state: 'done', finishedAt: noon } as const;
const late = { ...finished, finishedAt: noon + MINUTE } as const;

describe('the message of a run', () => {
  test('is not posted before there is something to say', async () => {
    const { clock, howard, notifier, show } = await aNotifier();
    const young = aRun({ createdAt: noon });
    const toShow = { run: young, version: 1, notice: null, mayBeThere: false };
    expect(await notifier.show(toShow)).toEqual({ result: 'later', at: noon + 3 * SECOND });
    expect(howard.dm()).toEqual([]);
    await show({ ...young, state: 'done', finishedAt: noon + SECOND });
    expect(howard.dm()).toHaveLength(1);
    clock.at = noon + 3 * SECOND;
    await show(aRun({ id: 'run-2', createdAt: noon }));
    expect(howard.dm()).toHaveLength(2);
  });

  test('is edited while it goes on, and when it ends soon', async () => {
    const { howard, show, slack: sandbox } = await aNotifier();
    const notice = await show(run);
    expect(await show(finished, { notice, version: 2 })).toEqual(notice);
    expect(howard.dm()).toHaveLength(1);
    expect(sandbox.problems).toEqual([]);
  });

  test.each([
    ['a question', asking, /refused the comment/],
    ['a late end', late, /Billed/],
  ])('%s is a new one, and the older one has no buttons any more', async (_, news, words) => {
    const { howard, show } = await aNotifier();
    const notice = await show(run);
    const shown = await show(news, { notice, version: 2 });
    expect(shown).not.toEqual(notice);
    expect(howard.dm().map(({ text }) => words.test(text))).toEqual([false, true]);
    expect(howard.dm()[0]?.text).toMatch(/see the newer message below/);
    // Shown once more, because nobody noted where it stands.
    expect(await show(news, { notice, version: 2, mayBeThere: true })).toEqual(shown);
    expect(howard.dm()).toHaveLength(2);
  });

  test('that asks the same once more is edited while the person is still there', async () => {
    const { clock, howard, show } = await aNotifier();
    const first = await show(run);
    const asked = await show(asking, { notice: first, version: 2 });
    await show(run, { notice: asked, version: 3 });
    expect(await show(asking, { notice: asked, version: 4 })).toEqual(asked);
    clock.at = noon + MINUTE;
    expect(await show(asking, { notice: asked, version: 6 })).not.toEqual(asked);
    expect(howard.dm()).toHaveLength(3);
  });

  test('of a run that its technician stops is edited', async () => {
    const { howard, show } = await aNotifier();
    const notice = await show(asking);
    const stopped = { ...asking, state: 'stopped', finishedAt: noon } as const;
    expect(await show(stopped, { notice, version: 2 })).toEqual(notice);
    expect(howard.dm()[0]?.text).toMatch(/Stopped/);
  });

  test('that a dead process posted without noting it is found and brought up to date', async () => {
    const { howard, show, slack: sandbox } = await aNotifier();
    await show(aRun({ ...run, id: 'other', ref: 'OTHER1' }));
    const posted = await show(run);
    expect(await show(finished, { version: 2, mayBeThere: true })).toEqual(posted);
    expect(howard.dm().map(({ text }) => /Billed/.test(text))).toEqual([false, true]);
    expect(sandbox.problems).toEqual([]);
  });

  test('whose posting went without an answer is posted once', async () => {
    const { howard, show, slack: sandbox } = await aNotifier();
    sandbox.failNext('chat.postMessage', { status: 500, committed: true });
    await expect(show(run)).rejects.toThrow();
    await show(run, { mayBeThere: true });
    expect(howard.dm()).toHaveLength(1);
  });

  test('that was never posted is posted, also when it may be there', async () => {
    const { howard, show } = await aNotifier();
    await show(run, { mayBeThere: true });
    expect(howard.dm()).toHaveLength(1);
  });

  test('is posted rather than lost without leave to look', async () => {
    const { howard, show, slack: sandbox } = await aNotifier();
    sandbox.failNext('conversations.history', { error: 'missing_scope' });
    await show(run, { mayBeThere: true });
    expect(howard.dm()).toHaveLength(1);
  });

  test.each(['message_not_found', 'edit_window_closed', 'cant_update_message', 'is_inactive'])(
    'that can’t be edited (%s) gives way to a new one',
    async (error) => {
      const { howard, show, slack: sandbox } = await aNotifier();
      const notice = await show(run);
      sandbox.failNext('chat.update', { error });
      const shown = await show(finished, { notice, version: 2 });
      expect(shown).not.toEqual(notice);
      expect(howard.dm().at(-1)?.text).toMatch(/Billed/);
    },
  );

  test.each(['messages_tab_disabled', 'is_archived', 'channel_not_found', 'user_disabled'])(
    'that the person’s direct messages do not take (%s) is told where it was asked, and not tried again',
    async (error) => {
      const { howard, show, slack: sandbox } = await aNotifier('C0GENERAL');
      sandbox.failNext('chat.postMessage', { error }, 10);
      expect(await show(run)).toBeNull();
      expect(howard.messages({ channel: 'C0GENERAL' })).toEqual([]);
      expect(await show(asking, { version: 2 })).toBeNull();
      const [told] = howard.messages({ channel: 'C0GENERAL' });
      expect(told).toMatchObject({ ephemeral: true, text: expect.stringContaining('Syncro refused the comment') });
    },
  );

  test('that nobody takes is left to the Home', async () => {
    const { show, slack: sandbox } = await aNotifier();
    sandbox.failNext('chat.postMessage', { error: 'messages_tab_disabled' });
    expect(await show(asking)).toBeNull();
  });

  test('is kept while Slack is away, or refuses the app itself', async () => {
    const { howard, show, slack: sandbox } = await aNotifier();
    const notice = await show(run);
    sandbox.failNext('chat.update', { error: 'token_revoked' });
    await expect(show(finished, { notice, version: 2 })).rejects.toThrow();
    sandbox.failNext('chat.postMessage', { status: 503 });
    await expect(show(asking)).rejects.toThrow();
    expect(howard.dm()).toHaveLength(1);
  });

  test('whose blocks Slack refuses is told by its text', async () => {
    const { howard, show, slack: sandbox } = await aNotifier();
    sandbox.failNext('chat.postMessage', { error: 'invalid_blocks' });
    await show(asking);
    expect(howard.dm()[0]?.text).toMatch(/needs you/);
  });
});
