import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Demo, type DemoOptions, startDemo } from '../../../sandbox/page/start-demo.ts';
import { quickConfig } from '../../world/use-world.ts';
import type { Driver, Open } from './driver.ts';

const COMMENT = 'Reset the cloud thing.';

const ticketOf = ({ syncro }: Demo, number: number) => {
  const ticket = syncro.state.tickets.find((row) => row.number === number);
  if (!ticket) throw new Error(`no ticket ${number}`);
  return ticket;
};

/** What is on a ticket, as Syncro itself has it. */
const holds = (demo: Demo, number: number) => {
  const { id, status } = ticketOf(demo, number);
  const of = <Row extends { ticket_id: number | null }>(rows: readonly Row[]) =>
    rows.filter(({ ticket_id }) => ticket_id === id).length;
  const { comments, lines, invoices, outbox } = demo.syncro.state;
  const mails = outbox.filter(({ ticketId }) => ticketId === id).length;
  return { status, comments: of(comments), lines: of(lines), invoices: of(invoices), mails };
};
type Holds = ReturnType<typeof holds>;
const oneMore = ({ comments, lines, invoices, mails }: Holds): Holds => ({
  status: 'Invoiced',
  comments: comments + 1,
  lines: lines + 1,
  invoices: invoices + 1,
  mails: mails + 1,
});

const preview = async (page: Driver, number: number): Promise<void> => {
  await page.say(`/syncro bill ${number} 45m remote`);
  await page.sees(/\bLater\b/);
  await page.fill('Comment', COMMENT);
  await page.submit('Preview');
  await page.sees(/Check and bill/);
};

/** A machine may be busy, and here its time counts: nothing is late before the whole test is. */
const WAITS_MS = 600_000;

/** One demo, with the app in a process of its own, for all flows. */
export const useDemo = (open: Open, options: DemoOptions = {}) => {
  const now: { demo?: Demo; page?: Driver } = {};
  const demo = (): Demo => {
    if (!now.demo) throw new Error('the demo is not up');
    return now.demo;
  };
  beforeAll(async () => {
    now.demo = await startDemo({
      config: quickConfig({ timeout: 300 }),
      restartAfterMs: 600,
      slack: { waitsMs: WAITS_MS },
      ...options,
    });
    await now.demo.app.ready;
    now.page = await open(now.demo);
  });
  afterEach(() => {
    // What a failed test left open is not in the next one's way.
    demo().slack.workspace.stacks.clear();
    expect(demo().slack.problems.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await now.page?.close();
    await now.demo?.close();
  });
  const page = (): Driver => {
    if (!now.page) throw new Error('the page is not open');
    return now.page;
  };
  return { demo, page };
};

/** What somebody does at the demo, in whatever way they do it. */
export const flows = ({ demo, page }: ReturnType<typeof useDemo>): void => {
  test('bills from the command to the receipt, and shows in Syncro whose work it is', async () => {
    const before = holds(demo(), 32164);
    await preview(page(), 32164);
    await page().sees(/0\.75 h × \$150\.00 = \$112\.50/);
    await page().sees(/as Howard Enos/);
    await page().submit(/^Bill /);
    await page().go('messages');
    await page().sees(/Billed #32164 [^$£]*\$112\.50/);
    await page().sees(/Sent once, confirmed/);
    await page().seesInSyncro(/Invoiced/);
    await page().seesInSyncro(
      /emails 1 · lines 1 · invoices 1|"to":"jerry@customer\.example","subject":"\[#32164\] Own cloud/,
    );
    await page().seesInSyncro(/emailed to jerry@customer\.example/);
    await page().seesInSyncro(/labor line[\s\S]*Howard Enos/);
    expect(holds(demo(), 32164)).toEqual(oneMore(before));
    await page().go('general');
  });

  test('says what is missing under the field and keeps what was filled in', async () => {
    await page().say('/syncro bill 32163 45m remote');
    await page().sees(/Remote - Jim/);
    await page().submit('Preview');
    await page().sees(/Please complete this required field/);
    expect(demo().slack.workspace.stacks.get('U012HOWARD')).toHaveLength(1);
    await page().fill('Comment', 'Found it.');
    await page().submit('Preview');
    await page().sees(/\[?Bill (again )?\$/);
    await page().back();
    await page().sees(/Bill #32163[\s\S]*Found it\./);
    await page().fill('Comment', 'Found it again.');
    await page().submit('Preview');
    await page().sees(/\[?Bill (again )?\$/);
    await page().sees(/Found it again\./);
    await page().leave();
  });

  test('bills once although an answer is cut', async () => {
    const before = holds(demo(), 32155);
    await preview(page(), 32155);
    await page().turn('Cut the next answer');
    await page().submit(/^Bill /);
    await page().go('messages');
    await page().sees(/Billed #32155/);
    await page().seesInSyncro(/answer cut/);
    expect(holds(demo(), 32155)).toEqual(oneMore(before));
    await page().go('general');
  });

  test('finishes a bill in the middle of which the app was killed', async () => {
    const before = holds(demo(), 32159);
    await preview(page(), 32159);
    await page().turn('Kill the app at the next write');
    await page().submit(/^Bill /);
    await page().go('messages');
    await page().sees(/Billed #32159/);
    await page().seesInSyncro(/The app was killed\./);
    await page().seesInSyncro(/The app is back\./);
    expect(demo().app.state()).toMatchObject({ state: 'running', deaths: 1 });
    expect(holds(demo(), 32159)).toEqual(oneMore(before));
    await page().go('general');
  });

  test.each([
    ['Email the customer', /Emails /, 'emailed to', 1],
    ['Customer portal, no email', /Customer portal, no email:/, 'customer portal', 0],
    ['Internal only', /Only your team sees it/, 'internal only', 0],
  ])('comments for the audience "%s"', async (audience, words, landedAs, mails) => {
    const before = holds(demo(), 32156);
    await page().say('/syncro comment 32156');
    await page().sees(/Email goes to/);
    await page().fill('Comment', `Please look, ${audience}.`);
    await page().choose('Audience', audience);
    await page().submit('Preview');
    await page().sees(/Check and post/);
    await page().sees(words);
    await page().submit(/^(Email|Post) /);
    await page().go('messages');
    await page().sees(/Commented on #32156[\s\S]*Sent once, confirmed/);
    await page().seesInSyncro(new RegExp(`${landedAs}[\\s\\S]{0,80}Please look, ${audience}`));
    expect(holds(demo(), 32156)).toEqual({
      ...before,
      comments: before.comments + 1,
      mails: before.mails + mails,
    });
    await page().go('general');
  });

  test('finds a customer while they are typed and makes the ticket', async () => {
    await page().say('/syncro create');
    await page().sees(/New ticket/);
    const offered = await page().search('Customer', 'acme', 'Acme West');
    expect(offered).toContain('Acme East');
    await page().sees(/Acme West/);
    await page().fill('Subject', 'Projector stays dark');
    await page().submit('Create');
    await page().go('messages');
    await page().sees(/Projector stays dark[\s\S]*Sent once, confirmed/);
    const made = demo().syncro.state.tickets.filter(({ subject }) => subject === 'Projector stays dark');
    expect(made).toHaveLength(1);
    await page().go('general');
  });

  test('takes a message along to a ticket', async () => {
    await page().shortcutOf('Jerry called', 'Add to ticket');
    await page().sees(/Comment on #32164/);
    await page().sees(/Internal only/);
    await page().fill('Comment', 'Jerry called.');
    await page().choose('Audience', 'Internal only');
    await page().submit('Preview');
    await page().sees(/Check and post/);
    await page().submit(/^(Email|Post) /);
    await page().seesInSyncro(/Jerry called\./);
  });

  test('tells the technician of a customer who replied', async () => {
    await page().reply(32163);
    await page().go('messages');
    await page().sees(/LeeAnn Parkinson replied on #32163[\s\S]*It stopped again/);
    await page().go('general');
  });

  test('shows under a link what its ticket is', async () => {
    await page().say('Who can look at https://computerguru.syncromsp.com/tickets/108443837 ?');
    await page().sees(/Who can look at [\s\S]*#32164 Own cloud thing again/);
  });

  test('says so when the app is away, and works again when it is back', async () => {
    await page().turn('Kill the app now');
    await page().say('/syncro ticket 32164');
    await page().sees(/dispatch_failed/);
    await page().seesInSyncro(/The app is running[\s\S]*killed 2×|"state":"running".*"deaths":2/);
  });

  test('refuses a guest without any data', async () => {
    await page().become('Gil Guest');
    await page().say('/syncro ticket 32164');
    await page().sees(/You are not set up to use Syncro here/);
    const said = demo().slack.person('U0GUEST').messages().at(-1)?.text ?? '';
    expect(said).not.toMatch(/cloud|Burger/);
    await page().become('Howard Enos');
  });
};
