import { expect, test } from '@jest/globals';
import { postSigned } from '../../sandbox/slack/http-delivery.ts';
import type { World } from '../../sandbox/world.ts';
import { openBillForm } from '../features/bill/bill-steps.ts';
import { howardOf } from '../world/people.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();

type Values = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** What Slack shows in place of a form that was sent in. */
const answerTo = async (world: World, view: object, values: Values, user = 'U012HOWARD'): Promise<string> => {
  const payload = {
    type: 'view_submission',
    team: { id: 'T0SANDBOX' },
    user: { id: user, team_id: 'T0SANDBOX' },
    view: { id: 'V1', type: 'modal', private_metadata: '', ...view, state: { values } },
  };
  const url = `http://127.0.0.1:${world.port()}/slack/events`;
  const { body } = await postSigned(
    url,
    world.slack.signingSecret,
    { kind: 'interactive', payload },
    {},
    AbortSignal.timeout(10_000),
  );
  return JSON.stringify(body);
};

const typed = (value: string) => ({ f: { type: 'plain_text_input', value } });

test('a form of another version says so and gives back what was typed, but never a key', async () => {
  const world = await start();
  const values = {
    notes: typed('Changed all signatures'),
    more: typed('and rebooted'),
    token: typed('hunter22hunter'),
  };
  const answer = await answerTo(world, { callback_id: 'from_last_year' }, values);
  expect(answer).toContain('"response_action":"update"');
  expect(answer).toContain('This form is from another version of the app. Nothing was sent.');
  expect(answer).toContain('Changed all signatures');
  expect(answer).toContain('and rebooted');
  expect(answer).not.toContain('hunter22');
});

test('so does a known form that lacks a field of this version', async () => {
  const world = await start();
  const howard = howardOf(world);
  await openBillForm(howard, 32164);
  const blocks = [{ type: 'input', block_id: 'comment', label: { type: 'plain_text', text: 'Comment' } }];
  const answer = await answerTo(world, { callback_id: 'bill', blocks }, { comment: typed('Changed all signatures') });
  expect(answer).toContain('from another version');
  expect(answer).toContain('Changed all signatures');
});

test('a form that nobody knows any more gives back what was typed', async () => {
  const world = await start();
  const audience = { f: { type: 'radio_buttons', selected_option: { value: 'internal' } } };
  const view = { callback_id: 'comment', private_metadata: '{"formId":"gone"}' };
  const answer = await answerTo(world, view, { comment: typed('Changed all signatures'), audience });
  expect(answer).toContain('This form is too old. Open it again.');
  expect(answer).toContain('Changed all signatures');
});
