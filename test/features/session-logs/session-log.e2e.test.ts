import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { jsonOf, jsonsOf } from '../../../sandbox/slack/json.ts';
import type { SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { useWorld } from '../../world/use-world.ts';
import { closeByHand } from '../close/close-by-hand.ts';
import { ticketByNumber, writes } from '../tickets/ticket-effects.ts';

const start = useWorld();
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'session-logs-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const clients = () => join(home, 'clients');
const startShop = (configured = true, declined: readonly string[] = []) =>
  start({
    slack: { declined },
    databaseFile: join(home, 'journal.db'),
    ...(configured ? { shop: { more: `session_logs: { dir: ${clients()} }` } } : {}),
  });

const logFiles = (): readonly string[] =>
  readdirSync(clients(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const closed = (world: World, number = 32164, resolution?: string): Promise<SeenMessage> =>
  closeByHand(world, join(home, 'journal.db'), world.slack.person('U012HOWARD'), number, resolution);

/** What the person gets when they download a file that was uploaded, oldest first. */
const downloads = async ({ slack }: World): Promise<ReadonlyArray<{ name: string; text: string; to: unknown }>> =>
  Promise.all(
    slack.calls
      .filter(({ method, ok }) => method === 'files.completeUploadExternal' && ok)
      .map(async ({ args, answer }) => {
        const [file] = jsonsOf(answer.files);
        const response = await fetch(String(jsonOf(file).url_private), {
          headers: { authorization: `Bearer ${slack.botToken}` },
        });
        return { name: String(jsonOf(file).name), text: await response.text(), to: args.channel_id };
      }),
  );

const today = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(Date.now());

describe('the session log of a closed ticket', () => {
  test('is saved where the settings say and sent to the technician to download', async () => {
    const world = await startShop();
    const receipt = await closed(world);
    const sent = writes(world);
    await receipt.click('Session log');
    const howard = world.slack.person('U012HOWARD');
    const message = await howard.message('Session log of #32164, saved as');
    const name = `${today('America/Phoenix')}-32164-own-cloud-thing-again.md`;
    const path = join(clients(), 'jerry-burger/session-logs', name);
    expect(message.text).toContain(path);
    expect(message.channel).toBe(receipt.channel);
    expect(logFiles()).toEqual([path]);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('# \\#32164 Own cloud thing again');
    expect(text).toContain('- Customer: Jerry Burger');
    expect(text).toContain('- Status: Resolved');
    expect(text).toMatch(/## Resolution\n\n```text\nReset the cloud thing\.\n```/);
    expect(text).toMatch(/### .* · Howard Enos · internal · Resolution/);
    expect(await downloads(world)).toEqual([{ name, text, to: receipt.channel }]);
    expect(writes(world)).toEqual(sent);
  });

  test('is offered by the receipt of a close alone', async () => {
    const world = await startShop();
    const receipt = await closed(world);
    expect(receipt.text).toContain('[Session log]');
    expect(receipt.text).toContain('Sent once, confirmed.');
  });

  test('has every comment in its order, HTML made text', async () => {
    const world = await startShop();
    const ticket = ticketByNumber(world, 32164);
    const { comments } = world.syncro.state;
    const [sample] = comments;
    if (!sample) throw new Error('no comment');
    for (let i = 0; i < 130; i++)
      comments.push({
        ...sample,
        id: 900_000 + i,
        ticket_id: ticket.id,
        body: i === 7 ? '<p>Rich <b>text</b></p>' : `Comment ${i}.`,
        is_rich_text: i === 7,
        created_at: new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString(),
      });
    await (await closed(world)).click('Session log');
    await world.slack.person('U012HOWARD').message('Session log of #32164, saved as');
    const text = readFileSync(logFiles()[0] ?? '', 'utf8');
    const told = [...text.matchAll(/^Comment (\d+)\.$/gm)].map(([, i]) => Number(i));
    expect(told).toEqual(Array.from({ length: 130 }, (_, i) => i).filter((i) => i !== 7));
    expect(text).toMatch(/^Rich text$/m);
    expect(text).not.toContain('Only the newest');
  });

  test('pressed again is already there, and can be had once more', async () => {
    const world = await startShop();
    const receipt = await closed(world);
    const howard = world.slack.person('U012HOWARD');
    await receipt.click('Session log');
    await howard.message('Session log of #32164, saved as');
    await receipt.click('Session log');
    const again = await howard.message('The session log of #32164 is already there, as');
    expect(again.ephemeral).toBe(true);
    expect(await downloads(world)).toHaveLength(1);
    expect(logFiles()).toHaveLength(1);
    await again.click('Download');
    await world.slack.until(
      () => world.slack.calls.filter(({ method }) => method === 'files.completeUploadExternal').length === 2,
    );
    expect(logFiles()).toHaveLength(1);
  });

  test('pressed three times at once is there once', async () => {
    const world = await startShop();
    const receipt = await closed(world);
    await receipt.click('Session log', { times: 3 });
    await world.slack.person('U012HOWARD').message('is already there');
    await world.slack.idle();
    await world.slack.person('U012HOWARD').message('Session log of #32164, saved as');
    expect(logFiles()).toHaveLength(1);
    expect(await downloads(world)).toHaveLength(1);
  });

  test('is only sent when the settings name no folder', async () => {
    const world = await startShop(false);
    await (await closed(world)).click('Session log');
    const message = await world.slack.person('U012HOWARD').message('Session log of #32164.');
    expect(message.text).not.toContain('saved');
    const [file] = await downloads(world);
    expect(file?.text).toContain('Reset the cloud thing.');
    expect(readdirSync(home).filter((name) => !name.startsWith('journal'))).toEqual([]);
  });

  test('is on disk when Slack does not take the file, and says so', async () => {
    const world = await startShop();
    const receipt = await closed(world);
    world.slack.failNext('files.completeUploadExternal', { error: 'channel_not_found' });
    await receipt.click('Session log');
    const howard = world.slack.person('U012HOWARD');
    const words = await howard.message("Slack didn't accept the file (channel_not_found)");
    expect(words.text).toContain(`is saved as ${logFiles()[0]}`);
    await words.click('Try again');
    await howard.message('Session log of #32164, saved as');
    expect(await downloads(world)).toHaveLength(1);
    expect(logFiles()).toHaveLength(1);
  });

  test('says what was not granted where the app may send no files', async () => {
    const world = await startShop(true, ['files:write']);
    await (await closed(world)).click('Session log');
    const words = await world.slack.person('U012HOWARD').message("Slack didn't accept the file");
    expect(words.text).toContain(`is saved as ${logFiles()[0]}`);
    expect(words.text).toContain('(the Slack app was not granted files:write).');
  });

  test('still arrives when the folder can’t be written, and says why it is kept nowhere', async () => {
    writeFileSync(clients(), 'a file in the way');
    const world = await startShop();
    await (await closed(world)).click('Session log');
    const message = await world.slack.person('U012HOWARD').message('it could not be saved');
    expect(message.text).toContain('something that is no folder is in the way');
    expect(await downloads(world)).toHaveLength(1);
  });

  test('is not written through a link out of the folder', async () => {
    mkdirSync(clients());
    mkdirSync(join(home, 'elsewhere'));
    symlinkSync(join(home, 'elsewhere'), join(clients(), 'jerry-burger'));
    const world = await startShop();
    await (await closed(world)).click('Session log');
    await world.slack.person('U012HOWARD').message('a link there leads out of the folder');
    expect(readdirSync(join(home, 'elsewhere'))).toEqual([]);
  });

  test.each(['../../etc', 'CON', '🖨️'.repeat(40), 'x'.repeat(300), '<!channel> `*_~'])(
    'of a customer called %j stays in its folder and mentions nobody',
    async (name) => {
      const world = await startShop();
      const ticket = ticketByNumber(world, 32164);
      const customer = world.syncro.state.customers.find(({ id }) => id === ticket.customer_id);
      if (!customer) throw new Error('no customer');
      customer.business_name = name;
      ticket.subject = name;
      await (await closed(world, 32164, `${name}\n\`\`\`\n# Not a heading`)).click('Session log');
      await world.slack.person('U012HOWARD').message('Session log of #32164, saved as');
      expect(logFiles()).toHaveLength(1);
      const [path] = logFiles();
      expect(path?.slice(clients().length)).toMatch(/^\/[^/]+\/session-logs\/[^/]+\.md$/);
      const [file] = await downloads(world);
      expect(file?.text).toBe(readFileSync(path ?? '', 'utf8'));
    },
  );

  test('says in words when Syncro can’t be read', async () => {
    const world = await startShop();
    const receipt = await closed(world);
    world.syncro.fault({ method: 'GET', kind: '500-before', times: 50 });
    await receipt.click('Session log');
    const words = await world.slack
      .person('U012HOWARD')
      .message(/Syncro (didn't|hasn't) answer/, { timeoutMs: 15_000 });
    expect(words.text).toContain('Nothing was changed.');
    expect(await downloads(world)).toEqual([]);
  });

  test('is no business of strangers', async () => {
    const world = await startShop();
    const receipt = await closed(world);
    const { users } = world.slack.workspace;
    const howard = users.get('U012HOWARD');
    if (!howard) throw new Error('no Howard');
    users.set('U012HOWARD', { ...howard, teamId: 'T0STRANGER' });
    const stranger = world.slack.person('U012HOWARD');
    const message = stranger.dm().find(({ ts }) => ts === receipt.ts);
    await message?.click('Session log');
    await stranger.message(/You are not set up to use Syncro here/);
    expect(await downloads(world)).toEqual([]);
  });
});

test('/syncro close ends with the session log', async () => {
  const world = await startShop();
  const howard = world.slack.person('U012HOWARD');
  await howard.slash('/syncro', 'close 32164');
  const form = await howard.modal('Close #32164');
  await form.waitFor('Close ticket');
  await form.type('Resolution', 'Reset the cloud thing.');
  await form.choose('Audience', 'Internal only');
  await form.submit('Close ticket');
  const receipt = await howard.message(/Closed #32164/, { timeoutMs: 8_000 });
  await receipt.click('Session log');
  await howard.message('Session log of #32164, saved as');
  expect(readFileSync(logFiles()[0] ?? '', 'utf8')).toMatch(/## Resolution\n\n```text\nReset the cloud thing\.\n```/);
});
