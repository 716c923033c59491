import { describe, expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import { useWorld } from '../../world/use-world.ts';
import { statusOf, ticketByNumber } from '../tickets/ticket-effects.ts';
import { fillIn, openBillForm, previewBill, startBilling } from './bill-steps.ts';

const start = useWorld();

/** Other people's invoices, all newer than what was there: three pages of them. */
const addInvoices = (world: World, count: number, ticketId: number | null): void => {
  const { state } = world.syncro;
  const [sample] = state.invoices;
  if (!sample) throw new Error('no invoice to copy');
  for (let i = 0; i < count; i++) {
    state.next.id += 1;
    state.next.invoiceNumber += 1;
    const at = new Date(Date.now() + i).toISOString();
    const number = String(state.next.invoiceNumber);
    state.invoices.push({ ...sample, id: state.next.id, number, ticket_id: ticketId, created_at: at, updated_at: at });
  }
};

describe.each([
  ['says whose each is', true, false],
  ['says so only on the invoice itself', false, false],
  ['not how many pages of them there are', true, true],
])(
  'an account that answers with everybody’s invoices and %s',
  (_says, invoiceListCarriesTicketId, listsWithoutMeta) => {
    const behaviour = { invoicesIgnoreTicket: true, invoiceListCarriesTicketId, listsWithoutMeta };
    const anAccount = () => start({ syncro: { behaviour } });
    const others = invoiceListCarriesTicketId ? 60 : 22;

    test('has the ticket’s own behind the others: the preview warns of it', async () => {
      const world = await anAccount();
      addInvoices(world, 1, ticketByNumber(world, 32164).id);
      const number = world.syncro.state.invoices.at(-1)?.number ?? '';
      addInvoices(world, others, ticketByNumber(world, 32159).id);
      const preview = await previewBill(world.slack.person('U012HOWARD'), 32164);
      expect(preview.text()).toContain(`#${number}`);
      expect(preview.text().match(/has an invoice|already/gi)).toHaveLength(1);
    });

    test('has an unanswered one behind the others: it is found, and made once', async () => {
      const world = await anAccount();
      const own = ticketByNumber(world, 32164).id;
      const other = ticketByNumber(world, 32159).id;
      world.syncro.fault({ kind: 'cut-after', method: 'POST', path: /^\/invoices$/ });
      world.syncro.onChange(({ kind, action }) => {
        if (kind === 'invoice' && action === 'created') addInvoices(world, others, other);
      });
      await startBilling(world.slack.person('U012HOWARD'), 32164);
      await world.slack.person('U012HOWARD').message(/Billed #32164/, { timeoutMs: 8000 });
      expect(world.syncro.state.invoices.filter(({ ticket_id: id }) => id === own)).toHaveLength(1);
      expect(statusOf(world, 32164)).toBe('Invoiced');
    });
  },
);

test('an account with more invoices than anybody looks through is not billed on a guess', async () => {
  const world = await start({ syncro: { behaviour: { invoicesIgnoreTicket: true } } });
  addInvoices(world, 1_100, ticketByNumber(world, 32159).id);
  const howard = world.slack.person('U012HOWARD');
  const form = await openBillForm(howard, 32164);
  await fillIn(form, { minutes: '45', labor: 'remote', comment: 'Reset the cloud thing.' });
  await form.submit('Preview');
  const preview = await howard.modal('Check and bill');
  await preview.waitFor('more invoices than can be looked through');
});
