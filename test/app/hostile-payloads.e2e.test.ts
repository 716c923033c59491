import { expect, test } from '@jest/globals';
import { postSigned } from '../../sandbox/slack/http-delivery.ts';
import type { World } from '../../sandbox/world.ts';
import { fc } from '../property.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();

const RUNS = 250;

const ACTIONS = [
  'bill:open bill:back bill:choose close:open close:back comment:open comment:back create:open create:back create:again',
  'create:comment customer customer:show customers:next home:refresh key:connect open:list open:all open:mine open:next',
  'open:status open:uninvoiced open:further run:correct run:it_is_there run:leave_double run:remove_double run:send_again',
  'run:stop run:try_again search:all search:form search:mine search:next session:download session:log ticket:share',
  'ticket:show ticket:status ticket:take timer:bill timer:discard timer:log timer:pause timer:resume timer:start timer:stop',
  'update:back update:open update:waiting log-time:back link:ticket constructor __proto__ toString',
].flatMap((line) => line.split(' '));
const VIEWS = [
  'bill bill-preview close comment comment-preview connect correct-run create create-check log-time log-time-preview',
  'search update home choose-ticket nothing constructor __proto__',
].flatMap((line) => line.split(' '));

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '32164',
    '99999999999',
    '<!channel>',
    '{}',
    '[]',
    'null',
    '{"r":"x","s":1e99}',
    '../../etc',
    '-1',
  ),
  fc.json({ maxDepth: 2 }),
);
const anything = fc.jsonValue({ maxDepth: 2 });
const metadata = fc.oneof(text, fc.constantFrom('{"formId":"none"}', '{"formId":""}', '{"formId":{}}'));

const user = { id: 'U012HOWARD', team_id: 'T0SANDBOX', username: 'howard', name: 'howard' };
const around = { user, team: { id: 'T0SANDBOX', domain: 'sandbox' }, api_app_id: 'A0SYNCRO', token: 'x' };

const view = fc.record({
  id: fc.constantFrom('V1', 'VNONE', ''),
  type: fc.constantFrom('modal', 'home'),
  callback_id: fc.constantFrom(...VIEWS),
  private_metadata: metadata,
  hash: fc.constantFrom('1.a', ''),
  state: fc.record({ values: fc.oneof(anything, fc.dictionary(text, fc.dictionary(text, anything), { maxKeys: 3 })) }),
});

const pressed = fc
  .record({
    action_id: fc.constantFrom(...ACTIONS),
    block_id: fc.oneof(text, fc.constant('ticket:32164')),
    value: text,
    type: fc.constantFrom('button', 'static_select', 'external_select', 'overflow', 'datepicker'),
    option: text,
    view: fc.option(view, { nil: undefined }),
  })
  .map(({ option, view: inView, ...action }) => ({
    kind: 'interactive' as const,
    payload: {
      ...around,
      type: 'block_actions',
      trigger_id: 'none',
      container: { type: inView ? 'view' : 'message', is_ephemeral: true },
      ...(inView ? { view: inView } : { channel: { id: 'C0GENERAL', name: 'general' } }),
      actions: [{ ...action, selected_option: { value: option, text: { type: 'plain_text', text: 'x' } } }],
    },
  }));

const submitted = view.map((submittedView) => ({
  kind: 'interactive' as const,
  payload: { ...around, type: 'view_submission', trigger_id: 'none', view: submittedView },
}));

const suggestion = fc
  .record({ action_id: fc.constantFrom('customer', 'ticket', 'nothing', 'constructor'), value: text, view })
  .map(({ view: inView, ...rest }) => ({
    kind: 'interactive' as const,
    payload: { ...around, type: 'block_suggestion', block_id: 'b', ...rest, view: inView },
  }));

const shortcut = fc
  .record({
    callback_id: fc.constantFrom('bill_message', 'comment_message', 'create_message', 'bill_time', 'constructor'),
    message: fc.oneof(anything, fc.record({ text, ts: fc.constant('1.1'), blocks: anything, files: anything })),
  })
  .map(({ callback_id, message }) => ({
    kind: 'interactive' as const,
    payload: {
      ...around,
      type: callback_id === 'bill_time' ? 'shortcut' : 'message_action',
      callback_id,
      trigger_id: 'none',
      channel: { id: 'C0GENERAL', name: 'general' },
      message: typeof message === 'object' && message !== null ? message : { text: String(message) },
      message_ts: '1.1',
    },
  }));

const slash = text.map((typed) => ({
  kind: 'slash_commands' as const,
  payload: {
    user_id: user.id,
    team_id: user.team_id,
    channel_id: 'C0GENERAL',
    command: '/syncro',
    text: typed,
    trigger_id: 'none',
  },
}));

const post = async (world: World, envelope: Parameters<typeof postSigned>[2]): Promise<number> => {
  const url = `http://127.0.0.1:${world.port()}/slack/events`;
  const answer = await postSigned(url, world.slack.signingSecret, envelope, {}, AbortSignal.timeout(10_000));
  return answer.status ?? 0;
};

test('whatever a member of the workspace makes Slack send: no crash, no surprise, nothing posted to Syncro', async () => {
  const log: string[] = [];
  const world = await start({ onLog: (line) => log.push(line), logLevel: 'warn' });
  const envelopes = fc.oneof(pressed, submitted, suggestion, shortcut, slash);
  await fc.assert(
    fc.asyncProperty(envelopes, async (envelope) => {
      const status = await post(world, envelope);
      expect([200, 401, 404]).toContain(status);
    }),
    { numRuns: RUNS },
  );
  await world.slack.idle();
  const bugs = log.filter((line) => /unexpected failure|a Slack request failed|unhandled/.test(line));
  expect(bugs).toEqual([]);
  expect(world.syncro.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  const howard = world.slack.person('U012HOWARD');
  await howard.slash('/syncro', 'help');
  await howard.message(/What \/syncro can do/);
});
