import { describe, expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import type { World } from '../../sandbox/world.ts';
import { fillIn, openBillForm, SAMPLE_COMMENT } from '../features/bill/bill-steps.ts';
import { writes } from '../features/tickets/ticket-effects.ts';
import { howardOf, userOf } from '../world/people.ts';
import { quickConfig, useWorld } from '../world/use-world.ts';

const start = useWorld();
const REF = /ref [0-9A-Z]{6}/;

/** Fills in the form and asks for the preview, which fails. */
const failPreview = async (world: World, breakIt: () => void) => {
  const form = await openBillForm(howardOf(world), 32164);
  await fillIn(form, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT });
  breakIt();
  await form.submit('Preview');
  const preview = await howardOf(world).modal('Check and bill');
  await preview.waitFor('Nothing was sent.', { timeoutMs: 8000 });
  return preview;
};

describe('a ticket that is not there', () => {
  test('is said with what to do next, for ticket', async () => {
    const world = await start();
    await howardOf(world).slash('/syncro', 'ticket 99999');
    const words = await howardOf(world).message(/No ticket #99999 in Syncro\./);
    expect(words.text).toContain('Nothing was changed. Try /syncro search <words>.');
    expect(words.text).toMatch(REF);
    expect(words.ephemeral).toBe(true);
  });

  test('is said in the form, for bill', async () => {
    const world = await start();
    await howardOf(world).slash('/syncro', 'bill 99999');
    const form = await howardOf(world).modal();
    await form.waitFor('No ticket #99999 in Syncro.');
    expect(form.text()).toContain('Nothing was sent.');
    expect(form.text()).toMatch(REF);
    expect(form.text()).not.toMatch(/\[Bill |\[Back\]/);
    expect(writes(world)).toEqual([]);
  });
});

describe('Syncro being down', () => {
  test.each(['ticket 32164', 'search cloud', 'customers burger', ''])(
    'is said with since when: /syncro %s',
    async (text) => {
      const world = await start();
      world.syncro.down(true);
      await howardOf(world).slash('/syncro', text);
      const words = await howardOf(world).message(/Syncro hasn't answered since \S+/, { timeoutMs: 8000 });
      expect(words.text).toContain('Nothing was changed.');
      expect(words.text).toMatch(REF);
    },
  );

  test('during the preview sends nothing and keeps the form behind Back', async () => {
    const world = await start();
    const preview = await failPreview(world, () => world.syncro.down(true));
    expect(preview.text()).toMatch(/Syncro hasn't answered since/);
    expect(preview.text()).not.toContain('[Bill ');
    world.syncro.down(false);
    await preview.click('Back');
    const form = await howardOf(world).modal('Bill #32164');
    expect(form.value('Comment')).toBe(SAMPLE_COMMENT);
    await form.submit('Preview');
    await (await howardOf(world).modal('Check and bill')).waitFor('$112.50');
    expect(writes(world)).toEqual([]);
  });

  test('is over as soon as it answers again', async () => {
    const world = await start();
    world.syncro.down(true);
    await howardOf(world).slash('/syncro', 'ticket 32164');
    await howardOf(world).message(/hasn't answered since/, { timeoutMs: 8000 });
    world.syncro.down(false);
    await howardOf(world).slash('/syncro', 'ticket 32164');
    await howardOf(world).message(/Own cloud thing again/);
  });

  test('for one request is not noticed: reads are tried again', async () => {
    const world = await start();
    world.syncro.fault({ kind: '500-before', method: 'GET' });
    world.syncro.fault({ kind: 'garbage-before', method: 'GET' });
    await howardOf(world).slash('/syncro', 'ticket 32164');
    await howardOf(world).message(/Own cloud thing again/, { timeoutMs: 8000 });
  });
});

describe('a database that another program has locked', () => {
  test('keeps nobody from a card', async () => {
    const world = await start();
    const other = new SqliteDatabase(world.config.env.DATABASE_URL.replace(/^sqlite:/, ''));
    other.exec('begin immediate');
    try {
      await howardOf(world).slash('/syncro', 'ticket 32164');
      await howardOf(world).message(/^#32164 /, { timeoutMs: 5_000 });
    } finally {
      other.close();
    }
  });
});

describe('Syncro’s limit', () => {
  test.each([
    ['ticket 32164', /#32164 Own cloud thing again/],
    ['search cloud', /for "cloud"/],
    ['customers dental', /Desert Dental/],
    ['', /Your open tickets/],
  ])('is said with when it goes on, and then it does by itself: /syncro %s', async (text, answer) => {
    const world = await start();
    world.syncro.fault({ kind: '429', method: 'GET', path: /^\/(tickets|customers)$/, retryAfter: 1 });
    await howardOf(world).slash('/syncro', text);
    const words = await howardOf(world).message(/rate limit is reached/);
    expect(words.text).toContain('Continuing in 1 s.');
    expect(words.ephemeral).toBe(true);
    await howardOf(world).message(answer, { after: words.ts });
  });

  test('is said with when to try again when it does not end', async () => {
    const world = await start();
    world.syncro.fault({ kind: '429', method: 'GET', retryAfter: 1, times: 50 });
    await howardOf(world).slash('/syncro', 'ticket 32164');
    const words = await howardOf(world).message(/Try again in 1 s\./, { timeoutMs: 8000 });
    expect(words.text).toContain('Nothing was changed.');
  });

  test.each([
    ['on top of its form', ''],
    ['that was opened in one line', '45m remote Reset it.'],
  ])('is said in a preview %s with when it goes on, and then it does by itself', async (_how, typed) => {
    const world = await start();
    const howard = howardOf(world);
    const form = typed === '' ? await openBillForm(howard, 32164) : null;
    if (form) await fillIn(form, { minutes: '45', labor: 'remote', comment: 'Reset it.' });
    world.syncro.fault({ kind: '429', method: 'GET', path: /^\/invoices$/, retryAfter: 7, times: 2 });
    if (form) await form.submit('Preview');
    else await howard.slash('/syncro', `bill 32164 ${typed}`);
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('Continuing in 7 s.');
    await preview.waitFor('[Bill $112.50]');
  });

  test('is waited for in a preview three times, and then said with when to try again', async () => {
    const world = await start();
    world.syncro.fault({ kind: '429', method: 'GET', path: /^\/invoices$/, retryAfter: 7, times: 50 });
    await howardOf(world).slash('/syncro', 'bill 32164 45m remote Reset it.');
    const preview = await howardOf(world).modal('Check and bill');
    await preview.waitFor('Continuing in 7 s.');
    await preview.waitFor('Try again in 7 s.');
    await preview.click('Back');
    await howardOf(world).modal('Bill #32164');
  });

  test('on the way to a form is said in it, with when to try again', async () => {
    const world = await start();
    world.syncro.fault({ kind: '429', method: 'GET', retryAfter: 7, times: 50 });
    await howardOf(world).slash('/syncro', 'bill 32164');
    const form = await howardOf(world).modal('Bill #32164');
    await form.waitFor('Try again in 7 s.');
    expect(form.text()).toContain('Nothing was sent.');
  });
});

describe('a key that Syncro refuses', () => {
  test('is said so when reading', async () => {
    const world = await start();
    userOf(world, 1750).keys = [];
    await howardOf(world).slash('/syncro', 'ticket 32164');
    const words = await howardOf(world).message(/Syncro refused your key/);
    expect(words.text).toContain('Nothing was changed.');
  });

  test('is said so before billing, and nothing is sent', async () => {
    const world = await start();
    const preview = await failPreview(world, () => {
      userOf(world, 1750).keys = [];
    });
    expect(preview.text()).toContain('Syncro refused your key');
    expect(writes(world)).toEqual([]);
  });
});

describe('a missing permission', () => {
  test('is not taken for a bad key', async () => {
    const world = await start();
    const user = userOf(world, 1750);
    user.permissions = { ...user.permissions, ticket: { read: false, write: false, delete: false } };
    await howardOf(world).slash('/syncro', 'ticket 32164');
    const words = await howardOf(world).message(/Your Syncro account may not do this/);
    expect(words.text).toContain('Please ask account admin to update your group permissions');
    expect(words.text).toContain('Nothing was changed.');
    expect(words.text).not.toContain('refused your key');
  });
});

describe('a key of somebody else', () => {
  test('stops the bill before anything is sent, and names both', async () => {
    const world = await start({ env: { SYNCRO_KEY_HOWARD: 'sandbox-winter' } });
    const preview = await failPreview(world, () => {});
    expect(preview.text()).toContain('The key belongs to Winter Hale');
    expect(preview.text()).toContain('Howard Enos');
    expect(preview.text()).not.toContain('[Bill ');
    expect(writes(world)).toEqual([]);
  });
});

describe('a technician without a key', () => {
  const config = quickConfig().replace(', key: { env: SYNCRO_KEY_MICHAEL }', '');

  test('is told so and reads nothing', async () => {
    const world = await start({ config });
    const mike = world.slack.person('U012MIKE');
    await mike.slash('/syncro', 'ticket 32164');
    const words = await mike.message(/First, connect your Syncro account/);
    expect(words.text).toContain('Nothing was changed.');
    expect(world.syncro.requests).toEqual([]);
  });

  test('reads with the shared key where there is one, and writes nothing with it', async () => {
    const shared = `${config}\nshared_key: { key: { env: SYNCRO_KEY_SHARED } }\n`;
    const world = await start({ config: shared, env: { SYNCRO_KEY_SHARED: 'sandbox-rob' } });
    const mike = world.slack.person('U012MIKE');
    const form = await openBillForm(mike, 32164);
    await fillIn(form, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT });
    await form.submit('Preview');
    const preview = await mike.modal('Check and bill');
    await preview.waitFor('First, connect your Syncro account (once).');
    expect(preview.text()).toContain('Nothing was sent.');
    expect(writes(world)).toEqual([]);
  });

  test('is told whose name everything carries where the shared key may write', async () => {
    const shared = `${config}\nshared_key: { key: { env: SYNCRO_KEY_SHARED }, writes: true }\n`;
    const world = await start({ config: shared, env: { SYNCRO_KEY_SHARED: 'sandbox-rob' } });
    const mike = world.slack.person('U012MIKE');
    const form = await openBillForm(mike, 32164);
    await fillIn(form, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT });
    await form.submit('Preview');
    const preview = await mike.modal('Check and bill');
    await preview.waitFor('! Will be posted as Rob Keane (the shared key), not under your name.');
    await preview.submit(/^Bill /);
    const receipt = await mike.message(/Billed #32164/);
    expect(receipt.text).toContain('as Rob Keane');
    expect(world.syncro.state.lines.at(-1)?.user_id).toBe(1760);
  });
});

describe('words that are no command', () => {
  test.each([
    ['frobnicate', '"frobnicate" is not a command. Did you mean /syncro help?'],
    ['tikcet 32164', '"tikcet" is not a command. Did you mean /syncro ticket?'],
    ['serach printer', '"serach" is not a command. Did you mean /syncro search?'],
    ['ticket', 'Which ticket? A number is missing. For example /syncro ticket 32164'],
    ['ticket printer', '"printer" is not a ticket number. For example /syncro ticket 32164'],
    ['help tikcet', '"tikcet" is not a command. Did you mean /syncro ticket?'],
    ['<!channel> *x*', '"<!channel>" is not a command. Did you mean /syncro help?'],
  ])('%s is answered with the nearest command', async (text, words) => {
    const world = await start();
    await howardOf(world).slash('/syncro', text);
    const answer = await howardOf(world).message(/Did you mean|For example/);
    expect(answer.text).toBe(words);
    expect(answer.ephemeral).toBe(true);
    expect(world.syncro.requests).toEqual([]);
  });
});

describe('a form that Slack no longer opens', () => {
  test('is said so, for a command and for a button', async () => {
    const world = await start();
    world.slack.failNext('views.open', { error: 'expired_trigger_id' }, 2);
    await howardOf(world).slash('/syncro', 'bill 32164');
    const words = await howardOf(world).message(/Slack allows 3 seconds to open a form, and they ran out/);
    expect(words.text).toContain('Run the command again.');
    expect(words.text).toContain('Nothing was sent.');
    await howardOf(world).slash('/syncro', 'ticket 32164');
    const card = await howardOf(world).message(/Own cloud thing again/);
    await card.click('Bill');
    await howardOf(world).message(/Slack allows 3 seconds to open a form/, { after: card.ts });
  });

  test('is said so when the trigger really was too old', async () => {
    const world = await start();
    const answered = howardOf(world).slash('/syncro', 'bill 32164');
    world.slack.advance(4000);
    await answered;
    await howardOf(world).message(/Slack allows 3 seconds to open a form/);
  });

  test('is answered with a reference when Slack fails in another way, and that is logged', async () => {
    const lines: string[] = [];
    const world = await start({ onLog: (line) => lines.push(line) });
    world.slack.failNext('views.open', { error: 'internal_error' }, 3);
    await howardOf(world).slash('/syncro', 'bill 32164');
    const words = await howardOf(world).message(/Something went wrong on our side/);
    const ref = /ref ([0-9A-Z]{6})/.exec(words.text)?.[1] ?? 'none';
    expect(lines.some((line) => line.includes(ref) && line.includes('unexpected failure'))).toBe(true);
  });
});

describe('a form that Slack refuses because of what it holds', () => {
  test('gives way to one that says so, with the reference that the log has too', async () => {
    const lines: string[] = [];
    const world = await start({ onLog: (line) => lines.push(line) });
    for (const method of ['views.open', 'views.update']) world.slack.failNext(method, { error: 'invalid_arguments' });
    await howardOf(world).slash('/syncro', 'bill 32164');
    const form = await howardOf(world).modal('Syncro');
    expect(form.text()).toContain('Slack could not show this form. Check in Syncro before you repeat anything');
    const ref = /ref ([0-9A-Z]{6})/.exec(form.text())?.[1] ?? 'none';
    expect(lines.some((line) => line.includes(ref) && line.includes('Slack refuses what'))).toBe(true);
  });

  test('is there as soon as Slack takes what it holds next', async () => {
    const world = await start();
    world.slack.failNext('views.open', { error: 'invalid_arguments' });
    await howardOf(world).slash('/syncro', 'bill 32164');
    await (await howardOf(world).modal('Bill #32164')).waitFor('Own cloud thing again');
  });
});

test('an answer whose blocks Slack refuses comes as text, where it was asked for', async () => {
  const world = await start();
  world.slack.failNext('response_url', { error: 'invalid_blocks', status: 400 });
  await howardOf(world).slash('/syncro', 'ticket 32164');
  const words = await howardOf(world).message(/Own cloud thing again/);
  expect(words).toMatchObject({ ephemeral: true, channel: 'C0GENERAL', raw: { blocks: [] } });
});
