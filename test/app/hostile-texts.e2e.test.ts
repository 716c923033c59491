import { describe, expect, test } from '@jest/globals';
import { bill, openBillForm, previewBill } from '../features/bill/bill-steps.ts';
import { winterOf } from '../world/people.ts';
import { useWorld } from '../world/use-world.ts';

// That nothing mentions anybody is held by use-world: the fake counts an unescaped mention as a problem.
const start = useWorld();
const SUBJECT = '<!channel> & *urgent* 🖨️ مرحبا <https://evil.example|click>';
const CUSTOMER = '<!channel> & *Sons* <https://evil.example|click>';

const evilLinks = (links: readonly { readonly url: string }[]) => links.filter(({ url }) => url.includes('evil'));

describe('what a customer wrote is shown letter by letter', () => {
  test('on the card, subject, customer and comments', async () => {
    const world = await start();
    await winterOf(world).slash('/syncro', 'ticket 32154');
    const card = await winterOf(world).message(/#32154/);
    expect(card.text).toContain(SUBJECT);
    expect(card.text).toContain(CUSTOMER);
    expect(card.text).toContain('<!channel> & *bold* _it_ `code` <https://evil.example|click> <@U123> 🖨️ مرحبا بالعالم');
    expect(card.text).toContain('Internal <!here>');
    expect(evilLinks(card.links())).toEqual([]);
    expect(card.raw.text).toContain('&lt;!channel&gt; &amp; *urgent*');
  });

  test('in lists and menus', async () => {
    const world = await start();
    await winterOf(world).slash('/syncro');
    const mine = await winterOf(world).message(/Your open tickets/);
    expect(mine.text).toContain('<!channel> & *Sons');
    await winterOf(world).slash('/syncro', 'search <!channel> & *');
    const found = await winterOf(world).message(/for "<!channel> & \*"/);
    expect(found.text).toContain('#32154');
    expect(evilLinks([...mine.links(), ...found.links()])).toEqual([]);
    await found.choose('Open a ticket', '#32154');
    await winterOf(world).message(/#32154 <!channel> & \*urgent\*.*\nNew · /);
    await winterOf(world).slash('/syncro', 'customers *Sons*');
    const customer = await winterOf(world).message(/Open tickets · 1/);
    expect(customer.text).toContain(CUSTOMER);
  });

  test('in the form, the preview and the receipt', async () => {
    const world = await start();
    const winter = winterOf(world);
    const form = await openBillForm(winter, 32154);
    await form.waitFor(SUBJECT);
    await form.close();
    const preview = await previewBill(winter, 32154, { comment: '<!here> *done* <@U012MIKE> & `x`' });
    expect(preview.text()).toContain(CUSTOMER);
    expect(preview.text()).toContain('| <!here> *done* <@U012MIKE> & `x`');
    await preview.submit(/^Bill /);
    const receipt = await winter.message(/Billed #32154/);
    expect(receipt.text).toContain('<!channel> & *Sons*');
    expect(world.syncro.state.comments.at(-1)?.body).toBe('<!here> *done* <@U012MIKE> & `x`');
  });

  test('in an error that quotes what was typed', async () => {
    const world = await start();
    await winterOf(world).slash('/syncro', '<!channel>');
    const words = await winterOf(world).message(/is not a command/);
    expect(words.text).toContain('"<!channel>"');
  });

  test('right to left and as emoji', async () => {
    const world = await start();
    for (const [number, subject] of [
      [32153, 'الطابعة لا تعمل'],
      [32152, '👩‍💻 laptop 🔥 fan'],
    ] as const) {
      await winterOf(world).slash('/syncro', `ticket ${number}`);
      const card = await winterOf(world).message(new RegExp(`#${number}`));
      expect(card.text).toContain(subject);
      await (await previewBill(winterOf(world), number)).close();
    }
  });

  test('with a comment of 5,000 characters of HTML as text, cut off', async () => {
    const world = await start();
    await winterOf(world).slash('/syncro', 'ticket 32156');
    const card = await winterOf(world).message(/Mailbox migration/);
    expect(card.text).toContain('Migration notes & checklist');
    expect(card.text).toContain('Step 1: moved mailbox 1 <done> on host-1');
    expect(card.text).not.toMatch(/<li>|&lt;/);
    expect(card.text).toContain('…');
    expect(card.text.length).toBeLessThan(2_000);
  });

  test('however long it is', async () => {
    const world = await start();
    for (const ticket of world.syncro.state.tickets) ticket.subject = `&<>"'🖨️`.repeat(700);
    for (const customer of world.syncro.state.customers) customer.business_name = '&'.repeat(5_000);
    for (const comment of world.syncro.state.comments) comment.body = '&<'.repeat(20_000);
    const winter = winterOf(world);
    for (const text of ['', 'ticket 32154', 'search urgent', 'search 321', 'customers &', 'customers 33401009']) {
      const before = winter.messages().at(-1)?.ts ?? '';
      await winter.slash('/syncro', text);
      await winter.message(/./, { after: before });
    }
    await (await openBillForm(winter, 32154)).close();
    await bill(winter, 32154, { comment: '&<>'.repeat(1_000) });
    expect(world.slack.calls.filter(({ ok }) => !ok)).toEqual([]);
  });
});
