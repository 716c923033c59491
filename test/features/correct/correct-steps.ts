import type { Modal, Person } from '../../../sandbox/slack/slack.ts';
import type { LineRow, TimerRow } from '../../../sandbox/syncro/rows.ts';
import { nextId, type SyncroState } from '../../../sandbox/syncro/state.ts';
import { ask } from '../tickets/ticket-steps.ts';

type Workplace = { readonly syncro: { readonly state: SyncroState } };

export const NUMBER = 32164;
export const TEXT = 'Reset the cloud thing.';

const ticketOf = ({ syncro }: Workplace, number: number) => {
  const ticket = syncro.state.tickets.find((row) => row.number === number);
  if (!ticket) throw new Error(`no ticket #${number}`);
  return ticket;
};

/** 45 minutes remote, $112.50, by Howard; nobody invoiced it. */
export const addLine = (world: Workplace, fields: Partial<LineRow> = {}, number = NUMBER): LineRow => {
  const { state } = world.syncro;
  const at = new Date().toISOString();
  const row: LineRow = {
    id: nextId(state),
    ticket_id: ticketOf(world, number).id,
    user_id: 1750,
    product_id: 1190473,
    name: 'Labor - Remote Business',
    description: TEXT,
    quantity: 0.75,
    product_category: 'Labor',
    upc_code: null,
    taxable: false,
    cost_cents: 0,
    retail_cents: 15_000,
    created_at: at,
    updated_at: at,
    converted: false,
    position: 1,
    invoice_id: null,
    ...fields,
  };
  state.lines.push(row);
  return row;
};

/** 30 minutes remote, logged by Howard and not charged. */
export const addEntry = (world: Workplace, fields: Partial<TimerRow> = {}, number = NUMBER): TimerRow => {
  const { state } = world.syncro;
  const end = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
  const at = new Date(end).toISOString();
  const row: TimerRow = {
    id: nextId(state),
    ticket_id: ticketOf(world, number).id,
    user_id: 1750,
    start_time: new Date(end - 30 * 60_000).toISOString(),
    end_time: at,
    recorded: false,
    created_at: at,
    updated_at: at,
    billable: true,
    notes: TEXT,
    product_id: 1190473,
    ticket_line_item_id: null,
    ...fields,
  };
  state.timers.push(row);
  return row;
};

/** The card's `⋯`, up to what can be chosen. */
export const choose = async (person: Person, number = NUMBER): Promise<Modal> => {
  const card = await ask(person, `ticket ${number}`, new RegExp(`#${number}`));
  await card.click('Correct…');
  const modal = await person.modal(`Correct #${number}`);
  await modal.waitFor('What is invoiced is corrected on the invoice, in Syncro.');
  return modal;
};

/** The form of the one thing that can be chosen. */
export const openCorrect = async (person: Person, number = NUMBER): Promise<Modal> => {
  const modal = await choose(person, number);
  await modal.click('Correct');
  await modal.waitFor('[Preview]');
  return modal;
};

export const preview = async (person: Person, form: Modal): Promise<Modal> => {
  await form.submit('Preview');
  const modal = await person.modal('Check and correct');
  await modal.waitFor('as Howard Enos');
  return modal;
};

/** Up to the press that counts: an hour instead of 45 minutes. */
export const startCorrect = async (person: Person): Promise<void> => {
  const form = await openCorrect(person);
  await form.type('Minutes', '60');
  await (await preview(person, form)).submit('Save $150.00');
};
