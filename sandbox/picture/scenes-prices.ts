import type { Modal, Person } from '../slack/slack.ts';
import type { World } from '../world.ts';
import { filledBill, previewedBill, TICKET } from './acts.ts';
import type { Scene } from './scene.ts';

const customerOf = ({ syncro }: World): number => {
  const ticket = syncro.state.tickets.find(({ number }) => number === TICKET);
  if (!ticket) throw new Error(`no ticket #${TICKET}`);
  return ticket.customer_id;
};

/** The ticket's customer gets an invoice on the first of each month, with what is charged on their tickets. */
const billMonthly = (world: World): void => {
  world.syncro.state.schedules.push({
    ...{ id: 501, customer_id: customerOf(world), name: 'Monthly managed', frequency: 'Monthly', lines: [] },
    ...{ next_run: '2026-12-01T00:00:00.000Z', paused: false, invoice_unbilled_ticket_charges: true },
  });
};

const agreeOn = (world: World): void => {
  world.syncro.state.contracts.push({
    ...{
      id: 601,
      customer_id: customerOf(world),
      name: 'Gold Care',
      status: 'Active',
      start_date: null,
      end_date: null,
    },
    ...{
      non_billable_product_ids: [],
      product_price_overrides: [{ product_id: 1190473, blacklisted: false, price: 120 }],
    },
    ...{ created_at: '', updated_at: '' },
  });
};

const toCharge = async (howard: Person, world: World): Promise<Modal> => {
  billMonthly(world);
  const form = await filledBill(howard);
  await form.submit('Preview');
  const preview = await howard.modal('Check and bill');
  await preview.waitFor('[Charge ');
  return preview;
};

/** What a bill costs, and its other ends. */
export const PRICES: readonly Scene[] = [
  {
    name: 'bill-form-later',
    act: async (howard, world) => {
      billMonthly(world);
      return { modal: await filledBill(howard) };
    },
  },
  { name: 'bill-preview-later', act: async (howard, world) => ({ modal: await toCharge(howard, world) }) },
  {
    name: 'charge-receipt',
    act: async (howard, world) => {
      await (await toCharge(howard, world)).submit(/^Charge /);
      return { message: await howard.message(/Charged #32164/, { timeoutMs: 20_000 }) };
    },
  },
  {
    name: 'bill-preview-contract',
    act: async (howard, world) => {
      agreeOn(world);
      return { modal: await previewedBill(howard) };
    },
  },
  {
    name: 'not-billable',
    act: async (howard) => {
      await (await previewedBill(howard)).click('Not billable…');
      const log = await howard.modal('Check and log');
      await log.waitFor('[Log ');
      return { modal: log };
    },
  },
  {
    name: 'correct-preview',
    act: async (howard, world) => {
      await (await toCharge(howard, world)).submit(/^Charge /);
      const receipt = await howard.message(/Charged #32164/, { timeoutMs: 20_000 });
      await receipt.click('Correct…');
      const choice = await howard.modal('Correct #32164');
      await choice.waitFor('[Correct]');
      await choice.click('Correct');
      const form = await howard.modal('Correct #32164');
      await form.waitFor('Minutes');
      await form.type('Minutes', '60');
      await form.submit('Preview');
      const preview = await howard.modal('Check and correct');
      await preview.waitFor('[Save ');
      return { modal: preview };
    },
  },
];
