import { expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { startBilling } from '../bill/bill-steps.ts';
import { addedSince, countAll, expectBilledOnce } from '../tickets/ticket-effects.ts';
import { ask } from '../tickets/ticket-steps.ts';

const start = useWorld();

const deactivateHoward = ({ slack }: World): void => {
  const howard = slack.workspace.users.get('U012HOWARD');
  if (!howard) throw new Error('no Howard in Slack');
  howard.deleted = true;
};

/** A bill of Howard's that waits before a step because Syncro's rate limit is reached. */
const startWaitingBill = async (world: World, path: RegExp, retryAfter: number): Promise<void> => {
  world.syncro.fault({ kind: '429', method: 'POST', path, retryAfter });
  await startBilling(howardOf(world), 32164);
  await howardOf(world).message(/rate limit is reached/, { timeoutMs: 8000 });
};

test('a bill that waits is stopped when its technician is deactivated; an admin hears of it', async () => {
  const world = await start();
  const mike = world.slack.person('U012MIKE');
  const before = countAll(world);
  await startWaitingBill(world, /\/add_line_item$/, 40);
  deactivateHoward(world);
  const told = await mike.message(/Howard Enos's work on #32164 was stopped/, { timeoutMs: 60_000 });
  expect(told.text).toContain('no longer an active full member');
  expect(told.text).toContain('Done: comment.');
  expect(addedSince(world, before)).toMatchObject({ comments: 1, lines: 0, invoices: 0 });
});

test('a question to somebody who left keeps nobody else from the ticket; an admin hears of it', async () => {
  const world = await start();
  const mike = world.slack.person('U012MIKE');
  const before = countAll(world);
  const body = { success: false, message: ['No.'] };
  world.syncro.fault({ kind: '422', method: 'POST', path: /\/comment$/, body });
  await startBilling(howardOf(world), 32164);
  await howardOf(world).message(/Syncro refused the comment/, { timeoutMs: 8000 });
  deactivateHoward(world);
  await new Promise((resolve) => setTimeout(resolve, 31_000));
  await startBilling(mike, 32164);
  await mike.message(/Billed #32164/, { timeoutMs: 8000 });
  await mike.message(/Howard Enos's work on #32164 was stopped/, { timeoutMs: 8000 });
  expectBilledOnce(world, 32164, before);
});

test('an admin hears of a question to somebody who left, though nobody needs the ticket', async () => {
  const world = await start();
  const body = { success: false, message: ['No.'] };
  world.syncro.fault({ kind: '422', method: 'POST', path: /\/comment$/, body });
  await startBilling(howardOf(world), 32164);
  await howardOf(world).message(/Syncro refused the comment/, { timeoutMs: 8000 });
  deactivateHoward(world);
  const mike = world.slack.person('U012MIKE');
  await mike.message(/Howard Enos's work on #32164 was stopped/, { timeoutMs: 6 * 60_000 });
});

test('a technician who is deactivated without a word of Slack acts for half a minute at most', async () => {
  const world = await start();
  await ask(howardOf(world), 'ticket 32164', /#32164 /);
  deactivateHoward(world);
  await new Promise((resolve) => setTimeout(resolve, 31_000));
  await howardOf(world).slash('/syncro', 'ticket 32164');
  await howardOf(world).message(/not set up to use Syncro here/);
});

test.each([
  ['does not say so', { error: 'unknown_method' }, /Slack can't say right now whether you are still a member/],
  ['is slow to say so', { delayMs: 1_500 }, /no longer an active full member/],
])('a bill that waits sends nothing for who is deactivated meanwhile, though Slack %s', async (_how, failure, said) => {
  const world = await start();
  const before = countAll(world);
  await startWaitingBill(world, /\/comment$/, 8);
  deactivateHoward(world);
  world.slack.failNext('users.info', failure, 50);
  await howardOf(world).message(said, { timeoutMs: 30_000 });
  await new Promise((resolve) => setTimeout(resolve, 30_000));
  expect(addedSince(world, before)).toMatchObject({ comments: 0, lines: 0, invoices: 0 });
  expect(world.syncro.state.outbox).toEqual([]);
});
