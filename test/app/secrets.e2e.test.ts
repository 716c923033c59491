import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startBilling } from '../features/bill/bill-steps.ts';
import { quickConfig, useWorld } from '../world/use-world.ts';

const start = useWorld();

/** A key with everything that is written differently in a URL, in base64 and in JSON. */
const KEY = 'T-planted+key/with=odd&signs%20"7f3a9';
const WRITTEN = [
  KEY,
  encodeURIComponent(KEY),
  encodeURIComponent(encodeURIComponent(KEY)),
  Buffer.from(KEY).toString('base64').replace(/=+$/, ''),
  Buffer.from(KEY).toString('base64url'),
  Buffer.from(KEY).toString('hex'),
  JSON.stringify(KEY).slice(1, -1),
  JSON.stringify(JSON.stringify(KEY)).slice(3, -3),
  'planted+key',
  'planted%2Bkey',
];

test.each(['query', 'header'])(
  'a key (sent as %s) shows up in no log line, no Slack payload and no file',
  async (auth) => {
    const dir = mkdtempSync(join(tmpdir(), 'syncro-slack-secrets-'));
    try {
      const lines: string[] = [];
      const world = await start({
        config: quickConfig().replace('subdomain: computerguru', `subdomain: computerguru\n  auth: ${auth}`),
        logLevel: 'trace',
        onLog: (line) => lines.push(line),
        env: { SYNCRO_KEY_HOWARD: KEY },
        databaseFile: join(dir, 'journal.db'),
      });
      const { syncro, slack } = world;
      const howard = slack.person('U012HOWARD');
      const user = syncro.state.users.find(({ id }) => id === 1750);
      if (!user) throw new Error('no Howard');
      user.keys = [KEY];
      const ask = async (text: string): Promise<void> => {
        const after = howard.messages().at(-1)?.ts ?? '';
        await howard.slash('/syncro', text);
        await howard.message(/./, { after, timeoutMs: 8000 });
      };
      for (const text of [
        'ticket 32164',
        'customers dental',
        'whoami',
        'digest preview',
        'timer list',
        'update 32164 sched',
      ])
        await ask(text);
      // Syncro, or a proxy before it, says the key back.
      const echo = { error: `Invalid api_key ${KEY} for https://x/api/v1/tickets?api_key=${encodeURIComponent(KEY)}` };
      syncro.fault({ kind: '422', method: 'GET', body: echo });
      await ask('search echo');
      for (const kind of ['401', '500-before', 'cut-before', 'html', 'truncated', 'garbage-before'] as const) {
        syncro.fault({ kind, method: 'GET', times: 4 });
        await ask('ticket 32163');
        syncro.clearFaults();
      }
      syncro.down(true);
      await ask('search down');
      syncro.down(false);
      syncro.fault({ kind: '422', method: 'POST', path: /\/comment$/, body: echo });
      await startBilling(howard, 32164);
      const refused = await howard.message(/✗ Syncro refused the comment/);
      expect(refused.text).toContain('Invalid api_key');
      syncro.fault({ kind: '500-after', method: 'POST', path: /\/add_line_item$/ });
      syncro.fault({ kind: 'cut-after', method: 'POST', path: /^\/invoices$/ });
      await refused.click('Fix and continue');
      await (await howard.modal('Fix and continue')).submit('Go on');
      await howard.message(/Billed #32164/, { timeoutMs: 8000 });
      user.keys = [];
      await ask('ticket 32163');
      await world.stopApp();

      const places: readonly (readonly [string, string])[] = [
        ['log', lines.join('\n')],
        ['Slack', JSON.stringify(slack.calls)],
        ['acks', JSON.stringify(slack.acks)],
        ...readdirSync(dir).map((file) => [file, readFileSync(join(dir, file), 'latin1')] as const),
      ];
      expect(lines.length).toBeGreaterThan(50);
      // What Syncro gives away beside what was asked for: /me the caller's token, a customer the key of their portal.
      const given = [
        ...syncro.state.users.map(({ user_token }) => user_token),
        ...syncro.state.customers.map((c) => c.portal_key),
      ];
      expect(given.every((secret) => secret.length > 8)).toBe(true);
      for (const [place, text] of places)
        for (const secret of given)
          expect({ place, secret, found: text.includes(secret) }).toEqual({ place, secret, found: false });
      for (const [place, text] of places)
        for (const written of WRITTEN)
          expect({ place, written, found: text.includes(written) }).toEqual({ place, written, found: false });
      for (const secret of [slack.botToken, slack.signingSecret]) expect(lines.join('\n').includes(secret)).toBe(false);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
  30_000,
);
