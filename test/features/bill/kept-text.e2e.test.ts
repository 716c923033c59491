import { describe, expect, test } from '@jest/globals';
import { KEPT_TEXTS, type KeptText } from '../../../sandbox/kept-text.ts';
import type { SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import { newTickets, openCreate } from '../create/create-steps.ts';
import { addedSince, countAll, expectBilledOnce, ONE_BILL } from '../tickets/ticket-effects.ts';
import { readyToLog, type TimerWorld, useTimers } from '../time/timer-steps.ts';
import { startBilling } from './bill-steps.ts';

const start = useTimers();

/** Whatever a server may change of a text is in it, and an emoji stands early. */
const COMMENT = 'It’s done 🎉 – <reset> “the café’s” cafe\u0301 & zero\u200bwidth  \nthing.  ';
const SUBJECT = COMMENT.split('\n')[0] ?? '';
/** What is left of it does not tell whose it is. */
const UNRECOGNISABLE: readonly KeptText[] = ['cut-at-emoji', 'cut-short'];
const RECOGNISED = KEPT_TEXTS.filter((how) => !UNRECOGNISABLE.includes(how));

const startLosing = async (keptText: KeptText, path: RegExp | string): Promise<TimerWorld> => {
  const world = await start({ syncro: { behaviour: { keptText } } });
  world.syncro.fault({ kind: 'cut-after', method: 'POST', path });
  return world;
};

const requests = ({ syncro }: World, path: RegExp): number =>
  syncro.requests.filter(({ method, path: asked }) => method === 'POST' && path.test(asked)).length;

/** Asks with both texts; nothing was sent again, and nothing is while it waits for the answer. */
const asked = async (world: World, path: RegExp, words: RegExp): Promise<SeenMessage> => {
  const question = await howardOf(world).message(words, { timeoutMs: 8_000 });
  expect(question.text).toContain("Sent: “It's done 🎉");
  expect(question.text).toMatch(/In Syncro \(\d+\): “It's/);
  expect(question.text).toContain('Unknown: check before repeating.');
  expect(requests(world, path)).toBe(1);
  return question;
};

const COMMENT_PATH = /\/comment$/;
const LINE_PATH = /\/add_line_item$/;
const BOTH = [
  ['comment', COMMENT_PATH, /did the comment reach/],
  ['line', LINE_PATH, /is the labor line in Syncro/],
] as const;

describe.each(BOTH)('a %s without an answer', (_what, path, words) => {
  test.each(RECOGNISED)('that Syncro keeps %s is found', async (how) => {
    const world = await startLosing(how, path);
    const before = countAll(world);
    await startBilling(howardOf(world), 32164, { comment: COMMENT });
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8_000 });
    expectBilledOnce(world, 32164, before);
    expect(requests(world, path)).toBe(1);
  });

  test.each(UNRECOGNISABLE)('that Syncro keeps %s is asked about, and there on the person’s word', async (how) => {
    const world = await startLosing(how, path);
    const before = countAll(world);
    await startBilling(howardOf(world), 32164, { comment: COMMENT });
    const question = await asked(world, path, words);
    await question.click('Yes, go on');
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8_000 });
    expectBilledOnce(world, 32164, before);
  });
});

test('what a person says to be something else is not asked about again', async () => {
  const world = await startLosing('cut-short', COMMENT_PATH);
  const before = countAll(world);
  await startBilling(howardOf(world), 32164, { comment: COMMENT });
  await (await asked(world, COMMENT_PATH, BOTH[0][2])).click('No, send again');
  await howardOf(world).message(/Billed #32164/, { timeoutMs: 8_000 });
  expect(addedSince(world, before)).toEqual({ ...ONE_BILL, comments: 2, mails: 2 });
});

test('a new ticket whose subject Syncro cuts is asked about', async () => {
  const world = await startLosing('cut-at-emoji', '/tickets');
  const form = await openCreate(howardOf(world), 'Jerry Burger phone');
  await form.type('Subject', SUBJECT);
  await form.submit('Create');
  await asked(world, /^\/tickets$/, /is the ticket in Syncro/);
  expect(newTickets(world)).toHaveLength(1);
});

test('a time entry whose notes Syncro cuts is asked about, and charged on the person’s word', async () => {
  const world = await startLosing('cut-at-emoji', /\/timer_entry$/);
  const { preview } = await readyToLog(world, 42, COMMENT);
  await preview.submit(/^Log /);
  const question = await asked(world, /\/timer_entry$/, /is the time entry in Syncro/);
  await question.click('Yes, go on');
  await howardOf(world).message(/Logged 0\.7 h on #32164/, { timeoutMs: 8_000 });
  const made = world.syncro.state.timers.filter(({ notes }) => notes?.startsWith("It's done"));
  expect(made).toMatchObject([{ recorded: true }]);
});
