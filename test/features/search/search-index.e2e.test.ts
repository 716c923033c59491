import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { openSqlite } from '../../../src/database/sqlite.ts';
import type { Every } from '../../../src/shared/system.ts';
import { systemClock } from '../../../src/shared/system.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { ticketByNumber } from '../tickets/ticket-effects.ts';

const start = useWorld();

/** What happens every two seconds happens a hundred times as often. */
const quickly: Every = (ms, task) => {
  const timer = setInterval(task, Math.min(ms, 20));
  return () => clearInterval(timer);
};
/** A clock that a test can put forward. */
const aClock = () => {
  const clock = { ...systemClock, ahead: 0, now: () => Date.now() + clock.ahead };
  return clock;
};

const until = async (what: () => boolean): Promise<void> => {
  for (let i = 0; i < 400 && !what(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(what()).toBe(true);
};

const commentsRead = ({ syncro }: World): number =>
  new Set(syncro.requests.filter(({ path }) => /comments/.test(path)).map(({ path }) => path)).size;

/** The app with the sample shop's tickets in its index. */
const indexed = async (options: Parameters<typeof start>[0] = {}) => {
  const clock = aClock();
  const world = await start({ warm: true, shop: { index: true }, time: { every: quickly, clock }, ...options });
  await until(() => commentsRead(world) === world.syncro.state.tickets.length);
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { world, clock };
};

const ask = async (world: World, command: string, pattern: RegExp): Promise<SeenMessage> => {
  const after = howardOf(world).messages().at(-1)?.ts ?? '';
  await howardOf(world).slash('/syncro', command);
  return howardOf(world).message(pattern, { after, timeoutMs: 8_000 });
};

describe('/syncro search with the index', () => {
  test('finds subjects, customers, numbers and comments without a request, with filters and pages', async () => {
    const { world } = await indexed();
    const before = world.syncro.requests.length;
    await ask(world, 'search 32164', /#32164 [^#]*Own cloud thing again(?:.|\n)*Updated under a minute ago\./);
    await ask(world, 'search #32164', /#32164 [^#]*Own cloud thing again/);
    await ask(world, 'search mailbox migr', /#32156/);
    await ask(world, 'search again cloud jerry', /#32164 [^#]*Own cloud thing/);
    const said = await ask(world, 'search restarted nothing', /In comments/);
    expect(said.text).toMatch(/#32163 .*: .*restarted, still nothing/i);
    const found = await ask(world, 'search acme', /for "acme"/);
    expect(found.text).toContain('Resolved');
    await found.click('Only open');
    await found.waitFor('only open ones');
    expect(found.text).not.toContain('Resolved');
    await found.click('Mine');
    await found.waitFor('only mine');
    expect(world.syncro.requests).toHaveLength(before);
    await found.click("Everyone's");
    await found.waitFor(/^(?!.*only mine)/);
    await found.click('Search Syncro live');
    await found.waitFor(/^(?!(?:.|\n)*Updated)/);
    expect(world.syncro.requests.length).toBeGreaterThan(before);
  });

  test('asks Syncro before it says that there is nothing', async () => {
    const { world } = await indexed();
    const before = world.syncro.requests.length;
    const none = await ask(world, 'search zzzzz', /No tickets for "zzzzz"/);
    expect(none.text).not.toContain('Updated');
    expect(world.syncro.requests.slice(before).map(({ path }) => path)).toEqual(['/tickets?query=zzzzz&page=1']);
    // Part of a word: Syncro finds it, the index does not.
    await ask(world, 'search erry burg', /#32164/);
  });

  test('follows what happens in Syncro within a minute', async () => {
    const { world, clock } = await indexed();
    const ticket = ticketByNumber(world, 32164);
    ticket.subject = 'Unusual zeppelin';
    ticket.updated_at = new Date(Date.now() + 1_000).toISOString();
    const before = world.syncro.requests.length;
    clock.ahead += 61_000;
    await until(() => world.syncro.requests.slice(before).some(({ path }) => path.includes('since_updated_at')));
    clock.ahead += 6_000;
    await until(() => world.syncro.requests.slice(before).some(({ path }) => path.includes(`/${ticket.id}/comments`)));
    const found = await ask(world, 'search zeppelin', /#32164 [^#]*Unusual zeppelin/);
    expect(found.text).toContain('Updated under a minute ago.');
  });

  test('answers with Syncro down, and says so', async () => {
    const { world, clock } = await indexed();
    world.syncro.down(true);
    clock.ahead += 40 * 60_000;
    const found = await ask(world, 'search cloud', /#32164/);
    expect(found.text).toMatch(/Updated 4\d minutes ago: Syncro isn't answering\./);
  });

  test('lets go of a ticket that turns out to be deleted', async () => {
    const { world } = await indexed();
    const { state } = world.syncro;
    state.tickets.splice(
      state.tickets.findIndex(({ number }) => number === 32157),
      1,
    );
    await ask(world, 'search backup alarm', /#32157/);
    await ask(world, 'ticket 32157', /No ticket #32157/);
    await ask(world, 'search backup alarm', /No tickets for "backup alarm"/);
  });

  test('spares the look for a number’s ticket, and believes Syncro about it', async () => {
    const { world } = await indexed();
    const { state, requests } = world.syncro;
    const before = requests.length;
    await ask(world, 'ticket 32164', /#32164 Own cloud thing again/);
    expect(requests.slice(before).map(({ path }) => path)).not.toContainEqual(expect.stringContaining('number='));
    // The numbers of two tickets change places: whatever the index says, it is the right one that is shown.
    const [one, other] = [ticketByNumber(world, 32157), ticketByNumber(world, 32156)];
    [one.number, other.number] = [other.number, one.number];
    expect(state.tickets.includes(one)).toBe(true);
    const card = await ask(world, 'ticket 32157', /#32157/);
    expect(card.text).toContain(other.subject);
  });

  test('goes by the key that reads in the background, and stops with the setting', async () => {
    const { world } = await indexed();
    const readers = world.syncro.requests.filter(({ path }) => path.startsWith('/tickets'));
    expect(new Set(readers.map(({ technician }) => technician))).toEqual(new Set([1735]));
    const off = await start({ warm: true, time: { every: quickly } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    // The customers, and the account's currency.
    expect(off.syncro.requests.map(({ path }) => path.split('?')[0]).filter((path) => path !== '/customers')).toEqual([
      '/settings',
    ]);
  });
});

test('turned off, it forgets what was copied before', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'search-'));
  const databaseFile = join(dir, 'shop.db');
  const stored = async (): Promise<number> => {
    const db = await openSqlite(databaseFile);
    const rows = await db.selectFrom('search_comments').select('id').execute();
    await db.destroy();
    return rows.length;
  };
  const { world } = await indexed({ databaseFile });
  await world.close();
  expect(await stored()).toBeGreaterThan(10);
  const off = await start({ warm: true, databaseFile });
  await ask(off, 'search cloud', /#32164/);
  expect(await stored()).toBe(0);
  await off.close();
  rmSync(dir, { recursive: true });
});

test('tickets are offered while somebody types without a request', async () => {
  const { world } = await indexed();
  await howardOf(world).shortcut('Bill time');
  const form = await howardOf(world).modal(/.*/);
  const before = world.syncro.requests.length;
  expect(await form.typeahead('Ticket', '')).toContainEqual(expect.stringContaining('#32164'));
  for (const words of ['32164', '#3216', 'clo', 'jerry', 'own cl'])
    expect(await form.typeahead('Ticket', words)).toContainEqual(expect.stringContaining('#32164'));
  expect(world.syncro.requests).toHaveLength(before);
});
