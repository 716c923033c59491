import { expect, test } from '@jest/globals';
import manifest from '../../package.json' with { type: 'json' };
import type { World } from '../../sandbox/world.ts';
import { bill } from '../features/bill/bill-steps.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();

type Line = { readonly ref?: string; readonly level: number; readonly msg: string; readonly [field: string]: unknown };

const watched = async (options: Parameters<typeof start>[0] = {}): Promise<{ world: World; lines: Line[] }> => {
  const lines: Line[] = [];
  const world = await start({ ...options, onLog: (line) => void lines.push(JSON.parse(line)) });
  return { world, lines };
};

test('the first line says which version begins, and which copy of it', async () => {
  const { world, lines } = await watched();
  expect(lines[0]).toMatchObject({
    severity: 'info',
    msg: 'starting',
    version: manifest.version,
    node: process.versions.node,
    database: 'sqlite',
    mode: 'http',
  });
  await world.stopApp();
  await world.startApp();
  const instances = lines.filter(({ msg }) => msg === 'starting').map(({ instance }) => instance);
  expect(instances).toEqual([expect.stringMatching(/\/[0-9a-f]{8}$/), expect.stringMatching(/\/[0-9a-f]{8}$/)]);
  expect(new Set(instances).size).toBe(2);
});

const of = (lines: readonly Line[], ref: string | undefined) => lines.filter((line) => line.ref === ref);

const refIn = (text: string): string | undefined => /ref (\w{6})/i.exec(text)?.[1];

test('the reference of a failure leads to the request, to what Syncro answered and to the failure in the log', async () => {
  const { world, lines } = await watched();
  const howard = world.slack.person('U012HOWARD');
  world.syncro.down(true);
  await howard.slash('/syncro', 'ticket 32164');
  const told = await howard.message(/Ref \w{6}/i, { timeoutMs: 8_000 });
  await world.slack.idle();
  await world.slack.until(() => of(lines, refIn(told.text)).some(({ msg }) => msg === 'a request of Slack'));
  const found = of(lines, refIn(told.text));
  expect(found).toContainEqual(
    expect.objectContaining({ kind: 'command', what: '/syncro ticket', user: 'U012HOWARD' }),
  );
  expect(found).toContainEqual(expect.objectContaining({ method: 'GET', path: 'tickets' }));
  expect(found).toContainEqual(expect.objectContaining({ code: 'unreachable' }));
});

test('the reference of a bill leads to the press that confirmed it and to each write', async () => {
  const { world, lines } = await watched({ logLevel: 'debug' });
  const receipt = await bill(world.slack.person('U012HOWARD'), 32164);
  const ref = refIn(receipt.text) ?? refIn(JSON.stringify(receipt));
  await world.slack.until(() => of(lines, ref).some(({ msg }) => msg === 'a request of Slack'));
  const found = of(lines, ref);
  expect(found).toContainEqual(expect.objectContaining({ msg: 'a request of Slack', kind: 'form' }));
  expect(found.flatMap(({ msg, step }) => (msg === 'write sent' ? [step] : []))).toEqual(
    expect.arrayContaining(['comment', 'line_item', 'invoice', 'ticket_update']),
  );
  expect(found).toContainEqual(expect.objectContaining({ msg: 'syncro answered', method: 'POST', path: 'invoices' }));
});

test('two presses have two references', async () => {
  const { world, lines } = await watched();
  const howard = world.slack.person('U012HOWARD');
  await howard.slash('/syncro', 'help');
  await howard.slash('/syncro', 'help');
  await world.slack.until(() => lines.filter(({ msg }) => msg === 'a request of Slack').length === 2);
  const refs = lines.flatMap(({ msg, ref }) => (msg === 'a request of Slack' ? [ref] : []));
  expect(new Set(refs).size).toBe(2);
  expect(refs.every((ref) => ref && /^\w{6}$/.test(ref))).toBe(true);
});

test('an event that Slack sends again is handled once', async () => {
  const { world } = await watched();
  const { slack } = world;
  const event = { type: 'app_home_opened', user: 'U012HOWARD', tab: 'home', channel: 'D1' };
  const published = () => slack.calls.filter(({ method }) => method === 'views.publish').length;
  await slack.sendEvent(event, { eventId: 'Ev1' });
  // At once, and again when Syncro has answered.
  await slack.until(() => published() === 2);
  await slack.sendEvent(event, { eventId: 'Ev1', retry: { number: 1, reason: 'http_timeout' } });
  await slack.sendEvent(event, { eventId: 'Ev2' });
  await slack.until(() => published() === 3);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(published()).toBe(3);
});
