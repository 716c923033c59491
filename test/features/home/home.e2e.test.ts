import { describe, expect, test } from '@jest/globals';
import type { Person } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { howardOf } from '../../world/people.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { bill, startBilling } from '../bill/bill-steps.ts';
import { countAll, expectBilledOnce, writes } from '../tickets/ticket-effects.ts';

/** Where something is waited for, the app's time is so many times as fast. */
const start = useWorld();

/** The Home with what Syncro says of it. */
const readHome = async (person: Person) => {
  const home = await person.openHome();
  await home.waitFor(/Connected as|Not connected|not checked/, { timeoutMs: 10_000 });
  return home;
};

const published = ({ slack }: World): number => slack.calls.filter(({ method }) => method === 'views.publish').length;

describe('opening the Home', () => {
  test('shows my tickets, replied ones first, the day and under whose name', async () => {
    const world = await start();
    const home = await readHome(howardOf(world));
    const text = home.text();
    expect(text).toMatch(
      /! Needs you\n↩ #32163 Waiting on Customer · LeeAnn Parkinson\n.* Remote - Jim cant access his email · \d h\n\[Reply\] \[Bill\]\n/,
    );
    expect(text).toMatch(/Your open tickets · \d+\n/);
    expect(text).toMatch(/#32164 New/);
    expect(text).not.toContain('#32166');
    expect(text).toContain('Today nothing billed yet');
    expect(text).toContain('[Bill] [New ticket] [Search] [Help] [Refresh]');
    expect(text.match(/#32163/g)).toHaveLength(1);
    expect(text).toContain('Connected as Howard Enos (Syncro user 1750)');
    expect(writes(world)).toEqual([]);
  });

  test('shows at once what is known, before Syncro has answered', async () => {
    const world = await start({ syncro: { latencyMs: 400 } });
    const home = await howardOf(world).openHome();
    expect(home.text()).toContain('⏳ Reading your tickets …');
    await home.waitFor('#32164');
    expect(published(world)).toBe(2);
  });

  test('again within seconds asks Syncro nothing', async () => {
    const world = await start();
    const howard = howardOf(world);
    await readHome(howard);
    await world.slack.idle();
    const asked = world.syncro.requests.length;
    const home = await howard.openHome();
    await howard.openHome();
    // The first opening shows twice, before and after reading; the others once.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(published(world)).toBe(4);
    expect(home.text()).toContain('#32164');
    expect(world.syncro.requests).toHaveLength(asked);
  });

  test('several times at once, as Slack does when it sends an event again, reads once', async () => {
    const world = await start({ syncro: { latencyMs: 100 } });
    const howard = howardOf(world);
    await Promise.all([howard.openHome(), howard.openHome(), howard.openHome()]);
    await readHome(howard);
    await world.slack.idle();
    const lists = world.syncro.requests.filter(({ path }) => path?.startsWith('/tickets'));
    expect(lists).toHaveLength(1);
  });

  test('of the Messages tab shows nothing', async () => {
    const world = await start();
    await world.slack.sendEvent({
      type: 'app_home_opened',
      user: 'U012HOWARD',
      channel: 'D012HOWARD',
      tab: 'messages',
    });
    await world.slack.idle();
    expect(published(world)).toBe(0);
  });

  test('that Slack does not take is only logged', async () => {
    const logged: string[] = [];
    const world = await start({ onLog: (line) => logged.push(line) });
    world.slack.failNext('views.publish', { error: 'not_enabled' }, 2);
    await expect(howardOf(world).openHome({ timeoutMs: 100 })).rejects.toThrow(/no Home/);
    expect(logged.some((line) => line.includes('the Home could not be shown'))).toBe(true);
    await readHome(howardOf(world));
  });

  test.each(['U0GUEST', 'U0STRANGER'])('is refused politely to %s, without any data', async (id) => {
    const world = await start();
    const home = await world.slack.person(id).openHome();
    expect(home.text()).toMatch(new RegExp(`You are not set up to use Syncro here.*${id}`));
    expect(home.text().replaceAll(id, '')).not.toMatch(/Burger|32164|\$|1750|\/syncro/);
    expect(world.syncro.requests).toEqual([]);
  });
});

describe('while Syncro is down', () => {
  test('says since when, keeps the rest, and the list when it was read before', async () => {
    const world = await start();
    const howard = howardOf(world);
    const home = await readHome(howard);
    world.syncro.down(true);
    // Refresh asks anew once what was read is two seconds old.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await home.click('Refresh');
    await home.waitFor(/Syncro hasn't answered since \S+ UTC\. Everything below is from/, { timeoutMs: 10_000 });
    expect(home.text()).toContain('#32164');
    expect(home.text()).toContain('Today nothing billed yet');
    world.syncro.down(false);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await home.click('Refresh');
    await home.waitFor(/^(?![\s\S]*answered since)[\s\S]*#32164/, { timeoutMs: 10_000 });
  });

  test('from the beginning has no list, but everything else', async () => {
    const world = await start();
    world.syncro.down(true);
    const home = await readHome(howardOf(world));
    expect(home.text()).toContain("Syncro hasn't answered since");
    expect(home.text()).toContain('Today nothing billed yet (since midnight UTC)');
    expect(home.text()).toContain('not checked, Syncro did not answer');
  });
});

test('a key that Syncro refuses is the first thing to read', async () => {
  const world = await start();
  const user = world.syncro.state.users.find(({ id }) => id === 1750);
  if (user) user.keys = [];
  const home = await readHome(howardOf(world));
  expect(home.text()).toMatch(/! Needs you\n! Syncro refused your key/);
  expect(home.text()).toContain('Your tickets could not be read.');
});

describe('an unfinished bill in the Home', () => {
  const lose = async () => {
    const world = await start();
    const before = countAll(world);
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/comment$/ });
    await startBilling(howardOf(world), 32164);
    await howardOf(world).message(/did the comment reach/, { timeoutMs: 8000 });
    return { world, before, home: await readHome(howardOf(world)) };
  };

  test('shows what it waits for, and goes on from there', async () => {
    const { world, before, home } = await lose();
    const [needs = ''] = home.text().split('Your open tickets');
    expect(needs).toContain('Billing #32164 Own cloud thing again · Jerry Burger');
    expect(needs).toContain('! Did the comment reach');
    expect(needs).toContain('[Yes, go on] [No, send again] [Stop]');
    await home.click('No, send again');
    await howardOf(world).message(/Billed #32164/, { timeoutMs: 8000 });
    await home.click('Refresh');
    await home.waitFor('Today 1 bill · 0.75 h · $112.50');
    expect(home.text()).not.toContain('Billing #32164');
    expectBilledOnce(world, 32164, before);
  });

  test('is stopped from there, and a press of an old button changes nothing and says so under Messages', async () => {
    const { world, home } = await lose();
    const old = home.raw.source.blocks;
    await home.click('Stop');
    await home.waitFor(/^(?![\s\S]*Billing #32164)/);
    await howardOf(world).message(/Stopped billing #32164/);
    home.raw.source = { ...home.raw.source, blocks: old };
    const written = writes(world).length;
    await home.click('No, send again');
    const words = await howardOf(world).message(/already finished, so nothing was changed/);
    expect(words.channel).toBe(howardOf(world).dm()[0]?.channel);
    await home.waitFor(/^(?![\s\S]*Billing #32164)/);
    expect(writes(world)).toHaveLength(written);
  });

  test('is nobody else’s business', async () => {
    const { world } = await lose();
    const winters = await readHome(world.slack.person('U012WINTER'));
    expect(winters.text()).not.toContain('32164');
  });

  test('that waits by itself is under way, with its buttons', async () => {
    const world = await start({ config: quickConfig({ settle: 6 }) });
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /^\/invoices$/ });
    await startBilling(howardOf(world), 32164);
    await howardOf(world).message(/didn't answer the invoice request/);
    const home = await readHome(howardOf(world));
    expect(home.text()).toMatch(/Under way\nBilling #32164.*\n⏳ Syncro didn't answer the invoice request/);
    await home.click('Stop');
    await home.waitFor(/^(?![\s\S]*Under way)/);
    await howardOf(world).message(/Stopped billing #32164/);
  });
});

test('what was billed today is summed up', async () => {
  const world = await start();
  const howard = howardOf(world);
  await bill(howard, 32164);
  await bill(howard, 32163, { minutes: '30', labor: 'onsite' });
  const home = await readHome(howard);
  expect(home.text()).toContain('Today 2 bills · 1.25 h · $200.00');
  const winters = await readHome(world.slack.person('U012WINTER'));
  expect(winters.text()).toContain('Today nothing billed yet');
});

test('a ticket chosen in the Home is shown under Messages', async () => {
  const world = await start();
  const howard = howardOf(world);
  const home = await readHome(howard);
  await home.choose('Open a ticket', '#32164');
  const card = await howard.message(/#32164 Own cloud thing again/);
  expect(card.channel).toBe(howard.dm()[0]?.channel);
});

test.each([
  ['New ticket', 'New ticket'],
  ['Reply', 'Comment on #32163'],
])('%s opens its form from the Home', async (button, title) => {
  const world = await start();
  const howard = howardOf(world);
  const home = await readHome(howard);
  await home.click(button);
  expect(await howard.modal(title)).toBeDefined();
});

test('the Home’s help opens over it', async () => {
  const howard = howardOf(await start());
  const home = await readHome(howard);
  await home.click('Help');
  expect((await howard.modal('Help')).text()).toContain('/syncro bill <number>');
});

test('a search from the Home is answered under Messages', async () => {
  const world = await start();
  const howard = howardOf(world);
  const home = await readHome(howard);
  await home.click('Search');
  const form = await howard.modal('Search tickets');
  await form.type('Words', 'cloud');
  await form.submit('Search');
  const found = await howard.message(/#32164/);
  expect(found.channel).toBe(howard.dm()[0]?.channel);
});
