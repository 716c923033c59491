import type { Modal, Person } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { ask } from '../tickets/ticket-steps.ts';

/** Resolved, with one line of $175.00 that no invoice took. */
export const FORGOTTEN = 32160;

export const INVOICE_POST = /^\/invoices$/;

/** What exactly one invoice of what was there leaves behind. */
export const ONE_INVOICE = { comments: 0, lines: 0, invoices: 1, mails: 0 };

/** The ticket's card, its button, up to the facts; nothing is sent yet. */
export const previewInvoice = async (
  person: Person,
  number = FORGOTTEN,
  button = 'Invoice $175.00',
): Promise<Modal> => {
  const card = await ask(person, `ticket ${number}`, new RegExp(`#${number}`));
  await card.click(button);
  const preview = await person.modal('Check and invoice');
  await preview.waitFor('as Howard Enos');
  return preview;
};

/** Up to the press that counts. */
export const startInvoice = async (person: Person): Promise<void> => {
  const preview = await previewInvoice(person);
  await preview.submit('Invoice $175.00');
};

/** The line that waits on the ticket. */
export const forgottenLine = ({ syncro: { state } }: World) => {
  const ticket = state.tickets.find(({ number }) => number === FORGOTTEN);
  const line = state.lines.find(({ ticket_id: id }) => id === ticket?.id);
  if (!ticket || !line) throw new Error(`no line on #${FORGOTTEN}`);
  return { ticket, line };
};

/** Somebody makes the invoice in Syncro itself, for this ticket alone or over several. */
export const invoiceByHand = (world: World, over: 'this ticket' | 'several tickets'): void => {
  const { state } = world.syncro;
  const { ticket, line } = forgottenLine(world);
  const [made] = state.invoices;
  const [row] = state.invoiceLines;
  if (!made || !row) throw new Error('the sample has no invoice');
  const { customer_id } = ticket;
  const ticket_id = over === 'this ticket' ? ticket.id : null;
  Object.assign(line, { converted: true, invoice_id: 1_649 });
  state.invoices.push({ ...made, id: 1_649, number: '90001', customer_id, ticket_id, user_id: 1760 });
  const { product_id, quantity, name: item, description: name } = line;
  state.invoiceLines.push({ ...row, id: 1_650, invoice_id: 1_649, product_id, quantity, item, name, price: 175 });
};
