import { afterEach, expect, test } from '@jest/globals';
import { bill } from '../../features/bill/bill-steps.ts';
import { countAll, expectBilledOnce } from '../../features/tickets/ticket-effects.ts';
import { type Outside, startOutside, startProcess } from '../../world/app-process.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';

const start = useWorld();

test('a bill works the same through Socket Mode, with nothing delivered over HTTP', async () => {
  const world = await start({ socketMode: true });
  await world.slack.until(() => world.slack.socket.connections() > 0);
  const before = countAll(world);
  const receipt = await bill(world.slack.person('U012HOWARD'), 32164);
  expect(receipt.text).toContain('✓ Billed #32164 ');
  expect(receipt.text).toContain('invoice #70000: $112.50');
  expectBilledOnce(world, 32164, before);
  const port = world.port();
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST' })).status).toBe(404);
});

test('what is confirmed after the socket was cut arrives through the next one', async () => {
  const world = await start({ socketMode: true });
  await world.slack.until(() => world.slack.socket.connections() > 0);
  const before = countAll(world);
  world.slack.socket.cut();
  await world.slack.until(() => world.slack.socket.connections() === 0);
  await world.slack.until(() => world.slack.socket.connections() > 0, 15_000);
  await bill(world.slack.person('U012HOWARD'), 32164);
  expectBilledOnce(world, 32164, before);
});

/** The app as `npm start` runs it, by Socket Mode. */
const startOutsideBySocket = async (): Promise<Outside> => {
  const outside = await startOutside(quickConfig());
  outside.slack.deliverTo(undefined);
  outsides.push(outside);
  return outside;
};
const outsides: Outside[] = [];
afterEach(async () => {
  for (const outside of outsides.splice(0)) {
    await outside.close();
    expect(outside.slack.problems).toEqual([]);
  }
});

const readyz = async (port: number): Promise<{ readonly status: number; readonly sockets: string }> => {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`);
  return { status: response.status, sockets: String(Object(await response.json()).sockets) };
};

test('a process with a bad app token keeps running, says so, and takes commands once Slack takes the token', async () => {
  const { slack, variables } = await startOutsideBySocket();
  slack.failNext('apps.connections.open', { error: 'invalid_auth' }, 5);
  const app = startProcess({ ...variables, SLACK_APP_TOKEN: slack.appToken });
  try {
    const port = await app.ready();
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    expect(await readyz(port)).toEqual({
      status: 503,
      sockets: expect.stringContaining('SLACK_APP_TOKEN (invalid_auth)'),
    });
    expect(app.output()).toContain('Slack refuses SLACK_APP_TOKEN (invalid_auth)');
    await slack.until(() => slack.socket.connections() > 0, 15_000);
    expect(await slack.person('U012HOWARD').slash('/syncro', 'help')).not.toHaveProperty('error');
    expect(await readyz(port)).toEqual({ status: 200, sockets: 'ok' });
    expect(app.child.exitCode).toBeNull();
    expect(app.output()).not.toContain('unhandled rejection');
    expect(app.output()).not.toContain(slack.appToken);
  } finally {
    app.child.kill('SIGKILL');
    await app.exited;
  }
});

test('of two processes, one leaves on SIGTERM: what it took is finished, and no command is lost', async () => {
  const { slack, variables } = await startOutsideBySocket();
  const apps = [0, 1].map(() => startProcess({ ...variables, SLACK_APP_TOKEN: slack.appToken }));
  try {
    await Promise.all(apps.map((app) => app.ready()));
    await slack.until(() => slack.socket.connections() === 4, 15_000);
    const howard = slack.person('U012HOWARD');
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        await new Promise((resolve) => setTimeout(resolve, n * 15));
        if (n === 10) apps[0]?.child.kill('SIGTERM');
        return howard.slash('/syncro', 'ticket 32164');
      }),
    );
    expect(answers.flatMap(({ error }) => (error ? [error] : []))).toEqual([]);
    expect(await apps[0]?.exited).toEqual({ code: 0, signal: null });
    // A slow Syncro is told of first, in words that the answer takes the place of.
    const answered = () =>
      slack.calls.filter(({ method, ok, args }) => method === 'response_url' && ok && !/^⏳/.test(String(args.text)))
        .length;
    await slack.until(() => answered() === 40, 15_000);
    expect(slack.socket.connections()).toBe(2);
  } finally {
    for (const { child } of apps) child.kill('SIGKILL');
    await Promise.all(apps.map(({ exited }) => exited));
  }
});
