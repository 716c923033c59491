import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Modal, Person } from '../../../sandbox/slack/slack.ts';
import type { World, WorldOptions } from '../../../sandbox/world.ts';
import { howardOf, userOf } from '../../world/people.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { fillIn, openBillForm, previewBill, SAMPLE_COMMENT } from '../bill/bill-steps.ts';
import { writes } from '../tickets/ticket-effects.ts';

const start = useWorld();
const ENCRYPTION_KEY = randomBytes(32).toString('base64');
/** A token with everything that is written differently in a URL, in base64 and in JSON. */
const TOKEN = 'T-planted+key/with=odd&signs%20"7f3a9';
const SECONDS = { timeoutMs: 8_000 };

/** The sample shop, where Howard has no key in the settings. */
const withoutKey = (more = '', timeout = 1): string =>
  quickConfig({ more, timeout }).replace(/(U012HOWARD.*), key: \{ env: SYNCRO_KEY_HOWARD \}/, '$1');

const begin = async (options: WorldOptions = {}): Promise<World> => {
  const world = await start({ config: withoutKey(), ...options, env: { ENCRYPTION_KEY, ...options.env } });
  userOf(world, 1750).keys = [TOKEN];
  return world;
};

const connectForm = async (person: Person): Promise<Modal> => {
  await person.slash('/syncro', 'connect');
  return person.modal('Connect to Syncro');
};

const connect = async (person: Person, token = TOKEN): Promise<void> => {
  const form = await connectForm(person);
  await form.type('API token', token);
  await form.submit('Connect');
  await person.message('Connected as Howard Enos (Syncro user 1750).', SECONDS);
};

const ask = async (person: Person, text: string, answer: string | RegExp) => {
  const after = person.messages().at(-1)?.ts ?? '';
  await person.slash('/syncro', text);
  return person.message(answer, { after, ...SECONDS });
};

describe('/syncro connect', () => {
  test('takes the technician’s own token, and from then on they write under their name', async () => {
    const world = await begin();
    const howard = howardOf(world);
    const form = await connectForm(howard);
    expect(form.text()).toContain('With your own key, everything you do in Syncro carries your name.');
    expect(form.text()).toContain('Admin → API Tokens → New');
    expect(JSON.stringify(form.raw.source.blocks)).toContain('https://computerguru.syncromsp.com/api_tokens/new');
    await form.type('API token', ` ${TOKEN} `);
    await form.submit('Connect');
    await form.waitFor('Connected as Howard Enos (Syncro user 1750).');
    expect(form.text()).not.toContain('API token');
    await howard.message('Connected as Howard Enos (Syncro user 1750).', { channel: 'dm' });
    const preview = await previewBill(howard, 32164);
    expect(preview.text()).toContain('as Howard Enos');
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/, SECONDS);
  });

  test('keeps the key over a restart, encrypted', async () => {
    const world = await begin();
    await connect(howardOf(world));
    await world.stopApp();
    await world.startApp();
    await ask(howardOf(world), 'ticket 32164', 'Own cloud thing again');
  });

  test('refuses somebody else’s token, naming both, and stores nothing', async () => {
    const world = await begin();
    userOf(world, 1737).keys = ['T-of-winter-0123456789'];
    const howard = howardOf(world);
    const form = await connectForm(howard);
    await form.type('API token', 'T-of-winter-0123456789');
    const { errors } = await form.submit('Connect');
    expect(errors).toEqual({
      'API token':
        'This token belongs to Winter Hale (Syncro user 1737), not to Howard Enos (Syncro user 1750). Nothing was stored.',
    });
    expect(howard.dm()).toEqual([]);
    await ask(howard, 'ticket 32164', 'First, connect your Syncro account');
  });

  test('refuses a token that Syncro does not know, on the field', async () => {
    const world = await begin();
    const form = await connectForm(howardOf(world));
    await form.type('API token', 'T-mistyped-0123456789');
    const { errors } = await form.submit('Connect');
    expect(errors['API token']).toContain('Syncro refused this token, so nothing was stored.');
    expect(howardOf(world).dm()).toEqual([]);
  });

  test.each([
    ['two words', 'has no spaces'],
    ['kurz', 'too short'],
    ['Schlüssel-0123456789', 'special characters'],
  ])('asks Syncro nothing about "%s"', async (text, words) => {
    const world = await begin();
    const form = await connectForm(howardOf(world));
    await form.type('API token', text);
    expect((await form.submit('Connect')).errors['API token']).toContain(words);
    expect(world.syncro.requests).toEqual([]);
  });

  test('says that Syncro is down, stores nothing, and takes the token when it is back', async () => {
    const world = await begin();
    world.syncro.down(true);
    const form = await connectForm(howardOf(world));
    await form.type('API token', TOKEN);
    const { errors } = await form.submit('Connect');
    if (Object.keys(errors).length === 0) await form.waitFor("Syncro didn't answer", SECONDS);
    else expect(errors['API token']).toContain("Syncro didn't answer, so nothing was stored.");
    world.syncro.down(false);
    await form.type('API token', TOKEN);
    await form.submit('Connect');
    await form.waitFor('Connected as Howard Enos (Syncro user 1750).', SECONDS);
  });

  test('shows the form again, empty, when a slow Syncro refused the token', async () => {
    const world = await begin({ config: withoutKey('', 4) });
    world.syncro.setLatency(1_700);
    world.syncro.fault({ kind: '401', method: 'GET', path: '/me', afterMs: 0 });
    const form = await connectForm(howardOf(world));
    await form.type('API token', TOKEN);
    await form.submit('Connect');
    await form.waitFor('Asking Syncro whose key this is');
    await form.waitFor('Syncro refused this token', SECONDS);
    expect(form.value('API token')).toBe('');
    await form.type('API token', TOKEN);
    world.syncro.setLatency(0);
    await form.submit('Connect');
    await form.waitFor('Connected as Howard Enos (Syncro user 1750).', SECONDS);
  });

  test('without ENCRYPTION_KEY says what the admin must do', async () => {
    const world = await start({ config: withoutKey() });
    const words = await ask(howardOf(world), 'connect', 'ENCRYPTION_KEY');
    expect(words.text).toContain('openssl rand -base64 32');
    expect(words.ephemeral).toBe(true);
    await expect(howardOf(world).modal(undefined, { timeoutMs: 10 })).rejects.toThrow();
  });

  test('is refused for strangers’ submissions and stores nothing for them', async () => {
    const world = await begin();
    const stranger = world.slack.person('U0GUEST');
    await stranger.slash('/syncro', 'connect', { channel: 'C0GENERAL' });
    await stranger.message('You are not set up to use Syncro here');
    expect(world.syncro.requests).toEqual([]);
  });
});

describe('what was interrupted goes on after connecting', () => {
  test('a search is answered in a direct message', async () => {
    const world = await begin();
    const howard = howardOf(world);
    const refusal = await ask(howard, 'search cloud', 'First, connect your Syncro account');
    expect(refusal.text).toContain("Connect yours and I'll carry on with: search cloud.");
    await refusal.click('Connect');
    const form = await howard.modal('Connect to Syncro');
    expect(form.text()).toContain("Then I'll carry on with: search cloud.");
    await form.type('API token', TOKEN);
    await form.submit('Connect');
    await howard.message('Connected as Howard Enos (Syncro user 1750). Carrying on with: search cloud.', SECONDS);
    await form.waitFor('Carrying on with: search cloud.');
    const found = await howard.message(/#32164 [^#]*Own cloud thing again/, { channel: 'dm', ...SECONDS });
    expect(found.ephemeral).toBe(false);
  });

  test('a ticket is shown, also when it was the shared key that failed', async () => {
    const world = await begin({ config: withoutKey('shared_key: { key: { env: SYNCRO_KEY_MICHAEL } }') });
    const howard = howardOf(world);
    const card = await ask(howard, 'ticket 32164', 'Own cloud thing again');
    userOf(world, 1735).keys = [];
    const at = card.ts;
    await howard.slash('/syncro', 'ticket 32164');
    const refusal = await howard.message('Syncro refused your key', { after: at, ...SECONDS });
    userOf(world, 1735).keys = ['sandbox-michael'];
    expect(refusal.text).toContain("and I'll carry on with: ticket 32164.");
    await refusal.click('Connect');
    const form = await howard.modal('Connect to Syncro');
    await form.type('API token', TOKEN);
    await form.submit('Connect');
    await howard.message('Carrying on with: ticket 32164.', SECONDS);
    await howard.message('#32164 Own cloud thing again', { channel: 'dm', ...SECONDS });
  });

  test('a form that was being filled in is still there', async () => {
    const world = await begin();
    const howard = howardOf(world);
    await howard.slash('/syncro', 'bill 32164');
    const bill = await howard.modal('Bill #32164');
    await bill.waitFor('First, connect your Syncro account');
    await fillIn(bill, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT });
    await bill.click('Connect');
    const form = await howard.modal('Connect to Syncro');
    await form.type('API token', TOKEN);
    await form.submit('Connect');
    await howard.message('Connected as Howard Enos (Syncro user 1750). Carrying on with: bill 32164.', SECONDS);
    const again = await howard.modal('Bill #32164');
    await again.waitFor('Invoice', SECONDS);
    expect(again.text()).not.toContain('[Connect]');
    expect(again.value('Comment')).toBe(SAMPLE_COMMENT);
    await again.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('as Howard Enos', SECONDS);
    expect(writes(world)).toEqual([]);
  });

  test('after a preview that had no key, Back brings everything back', async () => {
    const world = await begin({ config: withoutKey('shared_key: { key: { env: SYNCRO_KEY_MICHAEL } }') });
    const howard = howardOf(world);
    const bill = await openBillForm(howard, 32164);
    await fillIn(bill, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT });
    await bill.submit('Preview');
    const refused = await howard.modal('Check and bill');
    await refused.waitFor('First, connect your Syncro account', SECONDS);
    await refused.click('Connect');
    const form = await howard.modal('Connect to Syncro');
    await form.type('API token', TOKEN);
    await form.submit('Connect');
    await form.waitFor('Close this and continue where you were. What you typed is still there.', SECONDS);
    await form.click('Done');
    await (await howard.modal('Check and bill')).click('Back');
    const again = await howard.modal('Bill #32164');
    await again.submit('Preview');
    await (await howard.modal('Check and bill')).waitFor('as Howard Enos', SECONDS);
  });

  test.each(['bill 32164', 'ticket 32164'])('also when Syncro takes its time: %s', async (text) => {
    const world = await begin({ config: withoutKey('', 4) });
    const howard = howardOf(world);
    await howard.slash('/syncro', text);
    if (text.startsWith('bill')) {
      const bill = await howard.modal('Bill #32164');
      await bill.waitFor('[Connect]');
      await bill.click('Connect');
    } else await (await howard.message("and I'll carry on with: ticket 32164.")).click('Connect');
    const form = await howard.modal('Connect to Syncro');
    world.syncro.setLatency(1_700);
    await form.type('API token', TOKEN);
    await form.submit('Connect');
    await form.waitFor('Asking Syncro whose key this is');
    await form.waitFor('Connected', SECONDS);
    await form.waitFor(`Carrying on with: ${text}.`, SECONDS);
    world.syncro.setLatency(0);
    await form.click('Done');
    if (text.startsWith('bill')) await (await howard.modal('Bill #32164')).waitFor('Invoice', SECONDS);
    else await howard.message('#32164 Own cloud thing again', { channel: 'dm', ...SECONDS });
  });
});

describe('/syncro disconnect', () => {
  test('forgets the key and says what is left', async () => {
    const world = await begin();
    const howard = howardOf(world);
    await connect(howard);
    const words = await ask(howard, 'disconnect', 'Your key is deleted here.');
    expect(words.text).toContain('revoke it there');
    expect(words.text).toContain('Nothing can be read or posted until a key is connected.');
    expect(words.ephemeral).toBe(true);
    await ask(howard, 'ticket 32164', 'First, connect your Syncro account');
    await ask(howard, 'disconnect', 'You have no key connected in Slack. Nothing was changed.');
  });

  test('goes back to the key of the settings', async () => {
    const world = await start({ env: { ENCRYPTION_KEY } });
    const howard = howardOf(world);
    await connect(howard, 'sandbox-howard');
    await ask(howard, 'disconnect', 'The key from the environment is used from now on.');
    await ask(howard, 'ticket 32164', 'Own cloud thing again');
  });

  test('of somebody else is for admins, and they are told', async () => {
    const world = await begin();
    const howard = howardOf(world);
    await connect(howard);
    await ask(world.slack.person('U012WINTER'), 'disconnect U012HOWARD', 'Only an admin');
    await ask(howard, 'whoami', 'connected in Slack');
    await ask(world.slack.person('U012MIKE'), 'disconnect U012HOWARD', 'The key of Howard Enos is deleted here.');
    await howard.message('Michael Swanson disconnected the Syncro key', { channel: 'dm' });
    await ask(howard, 'whoami', 'Key: none');
  });
});

describe('/syncro whoami', () => {
  test('says who, by which key, since when, asked live', async () => {
    const world = await begin();
    const howard = howardOf(world);
    const none = await ask(howard, 'whoami', 'Key: none');
    expect(none.text).toContain('not known without a key of your own; the settings say user 1750');
    await connect(howard);
    const words = await ask(howard, 'whoami', 'Howard Enos');
    expect(words.text).toContain('Slack: U012HOWARD');
    expect(words.text).toContain('Syncro: Howard Enos, user 1750 (asked just now)');
    expect(words.text).toMatch(/Key: connected in Slack since .* · last checked /);
    userOf(world, 1750).keys = [];
    const refused = await ask(howard, 'whoami', 'Syncro refuses your key');
    expect(refused.text).toContain('[Connect]');
  });

  test('shows an admin everybody’s keys, and nobody else', async () => {
    const world = await begin();
    await connect(howardOf(world));
    const table = await ask(world.slack.person('U012MIKE'), 'whoami all', /Keys · 3 technicians · 0 without/);
    expect(table.text).toMatch(/✓ Howard Enos · user 1750 · connected in Slack since .* · last checked /);
    expect(table.text).toContain('✓ Winter Hale · user 1737 · from the environment');
    await ask(howardOf(world), 'whoami all', "Only admins can see everyone's keys.");
  });
});

describe('a key that is refused or somebody else’s', () => {
  test('is told its owner once, with the way out', async () => {
    const world = await start({ env: { ENCRYPTION_KEY } });
    const howard = howardOf(world);
    userOf(world, 1750).keys = [];
    for (const _ of [1, 2, 3]) await ask(howard, 'ticket 32164', 'Syncro refused your key (as Howard Enos).');
    const dm = howard.dm();
    expect(dm).toHaveLength(1);
    expect(dm[0]?.text).toContain('Syncro no longer accepts your key');
    userOf(world, 1750).keys = [TOKEN];
    await dm[0]?.click('Connect');
    const form = await howard.modal('Connect to Syncro');
    await form.type('API token', TOKEN);
    await form.submit('Connect');
    await form.waitFor('Connected as Howard Enos', SECONDS);
    await ask(howard, 'ticket 32164', 'Own cloud thing again');
  });

  test('stops everything for them, and the admins are told once', async () => {
    const world = await start({ env: { ENCRYPTION_KEY, SYNCRO_KEY_HOWARD: 'sandbox-winter' } });
    const howard = howardOf(world);
    const bill = await openBillForm(howard, 32164);
    await fillIn(bill, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT });
    await bill.submit('Preview');
    await (await howard.modal('Check and bill')).waitFor('The key belongs to Winter Hale (Syncro user 1737)', SECONDS);
    await ask(howard, 'ticket 32164', 'The key belongs to Winter Hale');
    await ask(howard, 'whoami', 'The key belongs to Winter Hale');
    const mike = world.slack.person('U012MIKE');
    await mike.message('Nothing is sent to Syncro for Howard Enos until that is fixed', { channel: 'dm' });
    expect(mike.dm()).toHaveLength(1);
    expect(writes(world)).toEqual([]);
  });
});

const WRITTEN = [
  TOKEN,
  encodeURIComponent(TOKEN),
  encodeURIComponent(encodeURIComponent(TOKEN)),
  Buffer.from(TOKEN).toString('base64').replace(/=+$/, ''),
  Buffer.from(TOKEN).toString('base64url'),
  Buffer.from(TOKEN).toString('hex'),
  JSON.stringify(TOKEN).slice(1, -1),
  JSON.stringify(JSON.stringify(TOKEN)).slice(3, -3),
  'planted+key',
  'planted%2Bkey',
];

test.each([false, true])(
  'a token is in no log line, no call to Slack and no file (Socket Mode: %s)',
  async (socketMode) => {
    const dir = mkdtempSync(join(tmpdir(), 'syncro-slack-connect-'));
    try {
      const lines: string[] = [];
      const world = await begin({
        socketMode,
        logLevel: 'trace',
        onLog: (line) => lines.push(line),
        databaseFile: join(dir, 'journal.db'),
      });
      const howard = howardOf(world);
      const form = await connectForm(howard);
      world.syncro.fault({
        kind: '422',
        method: 'GET',
        path: '/me',
        body: { error: `Invalid api_key ${TOKEN} in ?api_key=${encodeURIComponent(TOKEN)}` },
      });
      await form.type('API token', TOKEN);
      const refused = await form.submit('Connect');
      expect(refused.errors['API token']).toContain('Invalid api_key [key] in ?api_key=[key]');
      await form.submit('Connect');
      await form.waitFor('Connected as Howard Enos', SECONDS);
      await form.click('Done');
      for (const text of ['ticket 32164', 'whoami']) await ask(howard, text, 'Howard Enos');
      world.syncro.fault({ kind: '401', method: 'GET', times: 9 });
      await ask(howard, 'ticket 32163', 'Syncro refused your key');
      world.syncro.clearFaults();
      await ask(howard, 'disconnect', 'deleted here');
      await connect(howard);
      const places = (): Array<readonly [string, string]> => [
        ['log', lines.join('\n')],
        ['Slack', JSON.stringify(world.slack.calls)],
        ['acks', JSON.stringify(world.slack.acks)],
        ...readdirSync(dir).map((file) => [file, readFileSync(join(dir, file), 'latin1')] as const),
      ];
      expect(readdirSync(dir)).toContain('journal.db-wal');
      const look = (): void => {
        for (const [place, text] of places())
          for (const written of WRITTEN)
            expect({ place, written, found: text.includes(written) }).toEqual({ place, written, found: false });
      };
      expect(lines.length).toBeGreaterThan(50);
      look();
      await world.stopApp();
      look();
      expect(lines.join('\n')).not.toContain(ENCRYPTION_KEY);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
  30_000,
);

test.each([false, true])(
  'a token behind a command is refused and repeated nowhere (Socket Mode: %s)',
  async (socketMode) => {
    const typed = 'T259810e5c9917386b-52c2aeea7cdb5ff4';
    const lines: string[] = [];
    const world = await begin({ socketMode, logLevel: 'trace', onLog: (line) => lines.push(line) });
    for (const text of [`connect ${typed}`, typed, `comment 32164 my key is ${typed}`, `search ${typed}`]) {
      const words = await ask(howardOf(world), text, 'revoke it in Syncro');
      expect(words.text).toContain('Slack keeps what you typed');
      expect(words.text).not.toContain(typed.slice(0, 8));
    }
    expect(world.syncro.requests).toEqual([]);
    expect(lines.join('\n')).not.toContain(typed);
    expect(JSON.stringify(world.slack.calls)).not.toContain(typed);
  },
);
