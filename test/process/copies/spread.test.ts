import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Person } from '../../../sandbox/slack/slack.ts';
import { startWorld, type World } from '../../../sandbox/world.ts';
import { closingAll } from '../../closing-all.ts';
import { fillIn, openBillForm, SAMPLE_COMMENT } from '../../features/bill/bill-steps.ts';
import { quickConfig } from '../../world/quick-config.ts';
import { expectBilledOnce } from '../crash/judge.ts';
import { PORTAL } from '../crash/steps.ts';
import { newDatabase } from '../postgres/new-database.ts';

/** Howard has none in the settings. */
const WITHOUT_KEY = quickConfig().replace(/(U012HOWARD.*), key: \{ env: SYNCRO_KEY_HOWARD \}/, '$1');
const LIMIT = 30;
const ENCRYPTION_KEY = randomBytes(32).toString('base64');

type Spread = { readonly world: World; readonly howard: Person };

/** Two copies on one Postgres; each of Slack's requests goes to the other one than the request before. */
const spread =
  (play: (spread: Spread) => Promise<void>, config = quickConfig()) =>
  (): Promise<void> =>
    closingAll(async (later) => {
      const database = await newDatabase();
      later(database.drop);
      const env = { DATABASE_URL: database.url, ENCRYPTION_KEY };
      const world = await startWorld({ config, syncro: { data: 'tiny' }, copies: 2, env });
      later(world.close);
      await play({ world, howard: world.slack.person('U012HOWARD') });
    });

const ask = async (person: Person, text: string, answer: RegExp | string) => {
  const after = person.messages().at(-1)?.ts ?? '';
  await person.slash('/syncro', text);
  return person.message(answer, { after });
};

describe('with each request at another copy than the one before', () => {
  test(
    'a form is opened at one, previewed at the other, taken back and confirmed, and a question is answered',
    spread(
      async ({ world, howard }) => {
        const form = await openBillForm(howard, 32164);
        await fillIn(form, { minutes: '30', labor: 'remote', comment: SAMPLE_COMMENT, audience: PORTAL });
        await form.submit('Preview');
        const first = await howard.modal('Check and bill');
        await first.waitFor('[Bill ');
        await first.click('Back');
        const again = await howard.modal('Bill #32164');
        await fillIn(again, { minutes: '45' });
        await again.submit('Preview');
        const preview = await howard.modal('Check and bill');
        await preview.waitFor('0.75 h × $150.00 = $112.50');
        world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/add_line_item$/ });
        await preview.submit(/^Bill /);
        const question = await howard.message(/No, send again/);
        await question.click('No, send again');
        expectBilledOnce(world, await howard.message(/Sent once, confirmed/));
        expect(howard.dm()).toHaveLength(1);
      },
      quickConfig({ timeout: 1, settle: 2.5 }),
    ),
  );

  test(
    'a clock is started, listed, stopped and logged',
    spread(async ({ world, howard }) => {
      await ask(howard, 'timer start 32164', /Timer on #32164 .* started/);
      await ask(howard, 'timer list', /#32164/);
      await howard.slash('/syncro', 'timer stop');
      await (await howard.modal('Bill #32164')).close();
      await (await howard.message(/Timer on #32164 stopped/)).click('Log in Syncro');
      const form = await howard.modal('Log time on #32164');
      await form.choose('Labor type', 'remote');
      await form.type('Minutes', '30');
      await form.type('Notes', 'Repaired the sync.');
      await form.submit('Preview');
      const preview = await howard.modal('Check and log');
      await preview.waitFor('[Log ');
      await preview.submit(/^Log /);
      await howard.message(/Logged 0\.5 h on #32164/);
      expect(world.syncro.state.timers.filter(({ notes }) => notes === 'Repaired the sync.')).toHaveLength(1);
    }),
  );

  test(
    'a list is leafed through, a status offered and pressed, and each is told once',
    spread(async ({ world, howard }) => {
      const list = await ask(howard, '', /Your open tickets/);
      await list.click('Show team');
      await list.waitFor(/Open tickets · \d+/);
      const offered = await ask(howard, 'update 32164 wait', /fits two statuses/);
      await offered.click('Waiting on Customer', { times: 2 });
      await offered.waitFor(/Updated #32164: New → Waiting on Customer|is Waiting on Customer already/);
      await world.slack.idle();
      expect(world.syncro.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
      expect(howard.dm()).toEqual([]);
    }),
  );

  test(
    'a key is connected at one and known at both, and is gone at both',
    spread(async ({ world, howard }) => {
      const form = await (async () => {
        await howard.slash('/syncro', 'connect');
        return howard.modal('Connect to Syncro');
      })();
      await form.type('API token', 'sandbox-howard');
      await form.submit('Connect');
      await howard.message(/Connected as Howard Enos/);
      for (const _ of [1, 2]) await ask(howard, 'ticket 32164', 'Own cloud thing again');
      const user = world.syncro.state.users.find(({ id }) => id === 1750);
      if (user) user.keys = [];
      for (const _ of [1, 2]) await ask(howard, 'ticket 32164', /Syncro refused your key/);
      // Told beside the answers, and by one of the two.
      await howard.message(/no longer accepts your key/);
      await ask(howard, 'disconnect', /./);
      for (const _ of [1, 2]) await ask(howard, 'ticket 32164', /First, connect your Syncro account/);
      expect(howard.dm().filter(({ text }) => text.includes('no longer accepts your key'))).toHaveLength(1);
    }, WITHOUT_KEY),
  );
});

test(
  'two copies together keep Syncro’s limit, and those who can wait are served later',
  spread(
    async ({ world, howard }) => {
      const winter = world.slack.person('U012WINTER');
      await Promise.all(
        Array.from({ length: 40 }, (_, i) => (i % 2 ? howard : winter).slash('/syncro', `ticket ${32_149 + (i % 8)}`)),
      );
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect(world.syncro.requests.length).toBeGreaterThan(LIMIT * 0.9 - 1);
      expect(world.syncro.requests.length).toBeLessThanOrEqual(LIMIT);
    },
    quickConfig({ timeout: 4 }).replace('syncro:\n', `syncro:\n  requests_per_minute: ${LIMIT}\n`),
  ),
);
