import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import type { Person } from '../../../sandbox/slack/slack.ts';
import { bill, startBilling } from '../../features/bill/bill-steps.ts';
import { asInstalled, type Outside, startOutside, startProcess } from '../../world/app-process.ts';
import { quickConfig } from '../../world/use-world.ts';
import { type Child, killChildren, type Scene, withScene } from '../crash/scene.ts';

afterAll(killChildren);

let outside: Outside | undefined;
afterEach(async () => {
  const problems = outside?.slack.problems ?? [];
  await outside?.close();
  outside = undefined;
  expect(problems).toEqual([]);
});
const open = async (config = quickConfig()): Promise<Outside> => {
  outside = await startOutside(config);
  return outside;
};

/** Between fakes of its own. */
const within = async (config: string, play: (outside: Outside) => Promise<void>): Promise<void> => {
  const own = await startOutside(config);
  try {
    await play(own);
    expect(own.slack.problems).toEqual([]);
  } finally {
    await own.close();
  }
};

const read = async (port: number, path: string): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, body: await response.json() };
};

/** On a busy machine the first reading may take longer than these settings wait: what is said once it is through. */
const readWhenReady = async (port: number): Promise<Awaited<ReturnType<typeof read>>> => {
  for (let tries = 0; tries < 50; tries++) {
    const answer = await read(port, '/readyz');
    if (answer.status === 200) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return read(port, '/readyz');
};

/** The app asks Slack who somebody is for a second, which a machine that is busy starting it may miss. */
const known = async (person: Person): Promise<void> => {
  for (let after = ''; ; ) {
    await person.slash('/syncro', 'help');
    const answer = await person.message(/./, { after });
    if (!answer.text.includes("couldn't confirm")) return;
    after = answer.ts;
  }
};

describe('npm start', () => {
  test('serves /healthz and /readyz, bills, and leaves on SIGTERM', async () => {
    const { slack, syncro, launch } = await open();
    const app = await launch({}, asInstalled());
    expect(await read(app.port, '/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await readWhenReady(app.port)).toEqual({
      status: 200,
      body: { database: 'ok', slack: 'ok', syncro: 'ok' },
    });
    await known(slack.person('U012HOWARD'));
    const receipt = await bill(slack.person('U012HOWARD'), 32164);
    expect(receipt.text).toContain('✓ Billed #32164 ');
    expect(receipt.text).toContain('invoice #70000: $112.50');
    syncro.down(true);
    await slack.person('U012HOWARD').slash('/syncro', 'ticket 32164');
    await slack.person('U012HOWARD').message(/hasn't answered since/, { timeoutMs: 8000 });
    expect(await read(app.port, '/healthz')).toMatchObject({ status: 200 });
    expect(await read(app.port, '/readyz')).toMatchObject({
      status: 503,
      body: { database: 'ok', slack: 'ok', syncro: expect.stringMatching(/no answer since/) },
    });
    const began = Date.now();
    // Node's own answer would be to open its inspector.
    app.child.kill('SIGUSR1');
    await read(app.port, '/healthz');
    app.child.kill('SIGTERM');
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(app.output()).not.toContain('Debugger listening');
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  test('leaves within 10 seconds while Syncro hangs in the middle of a bill', () =>
    within(quickConfig({ timeout: 60 }), async ({ slack, syncro, launch }) => {
      const app = await launch();
      syncro.fault({ kind: 'hang', method: 'POST', path: /\/add_line_item$/ });
      await known(slack.person('U012HOWARD'));
      await startBilling(slack.person('U012HOWARD'), 32164);
      await slack.until(() => syncro.requests.some(({ path }) => path.endsWith('/add_line_item')));
      const began = Date.now();
      app.child.kill('SIGTERM');
      expect(await app.exited).toEqual({ code: 0, signal: null });
      expect(Date.now() - began).toBeLessThan(10_000);
    }));

  test('answers a command that came right before a stop', async () => {
    const { slack, launch } = await open();
    const app = await launch();
    const howard = slack.person('U012HOWARD');
    await howard.slash('/syncro', 'help');
    app.child.kill('SIGTERM');
    // Also that Slack was too slow to say who that is would be an answer.
    await howard.message(/\/syncro bill|couldn't confirm/);
    expect(await app.exited).toEqual({ code: 0, signal: null });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'that gets %s while it makes the database ends in words, and the next start goes on',
    async (signal) => {
      const { dir, variables, launch } = await open();
      const app = startProcess(variables);
      // The first that it writes.
      while (!existsSync(join(dir, 'journal.db'))) await nextTurn();
      app.child.kill(signal);
      expect(await app.exited).toEqual({ code: 0, signal: null });
      expect(app.output()).toContain('"msg":"stopping"');
      await launch();
    },
  );

  test('that waits for its database ends at once on SIGTERM, in words', async () => {
    const { variables } = await open();
    const app = startProcess({ ...variables, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });
    while (!app.output().includes('waiting for the database')) await nextTurn();
    app.child.kill('SIGTERM');
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(app.output()).toContain('Stopped while starting. Nothing was sent; the next start picks up from here.');
  });

  test('with wrong settings exits at once, lists every problem and prints no secret', async () => {
    const { dir, variables } = await open();
    const file = join(dir, 'wrong.yml');
    writeFileSync(
      file,
      quickConfig()
        .replace('subdomain:', 'subdomian:')
        .replace('role: admin', 'role: boss')
        .replace('product_id: 26118', 'product_id: many')
        .concat('\ntechnican: []\n'),
    );
    const { SLACK_SIGNING_SECRET: _, SYNCRO_KEY_WINTER: __, ...rest } = variables;
    const app = startProcess({
      ...rest,
      CONFIG_FILE: file,
      SLACK_BOT_TOKEN: 'xoxp-planted-token-1234567890',
      SLACK_APP_TOKEN: 'xoxb-planted-app-token-1234567890',
      DATABASE_URL: 'mysql://planted:password@db/x',
      ENCRYPTION_KEY: 'planted-encryption-key',
      PORT: 'high',
    });
    expect(await app.exited).toEqual({ code: 1, signal: null });
    const said = app.output();
    for (const words of [
      /syncro\.subdomian is not a setting; did you mean subdomain\?/,
      /technican is not a setting; did you mean technicians\?/,
      /syncro\.subdomain is missing/,
      /technicians\[2\]\.role/,
      /labor\.onsite\.product_id/,
      /SLACK_BOT_TOKEN must be the bot token/,
      /SLACK_APP_TOKEN must be the app-level token/,
      /ENCRYPTION_KEY must be 32 bytes/,
      /PORT must be a port number/,
    ])
      expect(said).toMatch(words);
    expect(said).not.toMatch(/planted|sandbox-howard|-1234567890/);
  });

  test('names every variable that the settings file needs and nobody set', async () => {
    const { variables } = await open();
    const { SLACK_SIGNING_SECRET: _, SYNCRO_KEY_WINTER: __, SYNCRO_KEY_MICHAEL: ___, ...rest } = variables;
    const app = startProcess({ ...rest, DATABASE_URL: 'mysql://planted:password@db/x' });
    expect(await app.exited).toEqual({ code: 1, signal: null });
    expect(app.output()).toMatch(/SLACK_SIGNING_SECRET is missing/);
    expect(app.output()).toMatch(/SYNCRO_KEY_WINTER is missing/);
    expect(app.output()).toMatch(/SYNCRO_KEY_MICHAEL is missing/);
    expect(app.output()).toMatch(/DATABASE_URL must begin with sqlite:/);
    expect(app.output()).not.toMatch(/planted|sandbox-howard/);
  });

  test('says which file is missing', async () => {
    const { variables } = await open();
    const app = startProcess({ ...variables, CONFIG_FILE: '/nowhere/config.yml' });
    expect(await app.exited).toEqual({ code: 1, signal: null });
    expect(app.output()).toContain("/nowhere/config.yml can't be read, no such file");
  });
});

type Between = Pick<Scene, 'slack' | 'syncro'> & {
  readonly launch: () => Promise<Pick<Child, 'kill' | 'exited'>>;
};

/** As `npm start` starts it. */
const fromSources = (play: (between: Between) => Promise<void>): Promise<void> =>
  within(quickConfig({ timeout: 20, settle: 1 }), ({ launch, ...between }) =>
    play({
      ...between,
      launch: async () => {
        const { child, exited } = await launch({}, asInstalled());
        return { kill: (signal) => child.kill(signal), exited };
      },
    }),
  );

/** A third of the processor time. */
const fromBundle = (play: (between: Between) => Promise<void>): Promise<void> =>
  withScene({ timeout: 20, settle: 1 }, async (scene) => {
    await play(scene);
    expect(scene.slack.problems).toEqual([]);
  });

describe('a process that is killed while a step is unanswered', () => {
  test.each([
    ['comment', /\/comment$/, true, fromBundle],
    ['labor line', /\/add_line_item$/, true, fromBundle],
    ['labor line', /\/add_line_item$/, false, fromSources],
    ['invoice', /^\/invoices$/, true, fromSources],
    ['invoice', /^\/invoices$/, false, fromBundle],
  ])('(%s) goes on after the next start and ends with exactly one of each', (_name, path, committed, between) =>
    between(async ({ slack, syncro, launch }) => {
      const howard = slack.person('U012HOWARD');
      const count = () => ({
        comments: syncro.state.comments.length,
        lines: syncro.state.lines.length,
        invoices: syncro.state.invoices.length,
        mails: syncro.state.outbox.length,
      });
      const before = count();
      const first = await launch();
      syncro.fault({ kind: 'hang', method: 'POST', path, committed });
      await known(howard);
      await startBilling(howard, 32164);
      await slack.until(() => syncro.requests.some((each) => each.method === 'POST' && path.test(each.path)));
      first.kill('SIGKILL');
      await first.exited;
      // Else it would be through before there is anything to tell of it.
      syncro.setLatency(50);
      const seen = new Set<string>();
      slack.onChange(() => {
        for (const { text } of howard.dm()) seen.add(text);
      });
      await launch();
      await howard.message(/Billed #32164/);
      expect([...seen].some((text) => /The app restarted at .* and is continuing by itself\./.test(text))).toBe(true);
      expect(count()).toEqual({
        comments: before.comments + 1,
        lines: before.lines + 1,
        invoices: before.invoices + 1,
        mails: before.mails + 1,
      });
      expect(syncro.state.tickets.find(({ number }) => number === 32164)?.status).toBe('Invoiced');
      expect(howard.dm()).toHaveLength(1);
    }),
  );
});
