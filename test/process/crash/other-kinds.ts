import type { Person } from '../../../sandbox/slack/slack.ts';
import { FORGOTTEN, startInvoice } from '../../features/bill/invoice-steps.ts';
import { addLine, openCorrect, startCorrect, TEXT } from '../../features/correct/correct-steps.ts';
import { madeTwice, startDelete } from '../../features/correct/delete-steps.ts';
import { addMonthlyFor, previewCharge } from '../../features/later/later-steps.ts';
import { mikeOf } from '../../world/people.ts';
import type { Scene } from './scene.ts';

const WORDS = 'What was done while the process died';

/** A kind of work: how a person does it up to the last press, and what it leaves in Syncro exactly once. */
export type Kind = {
  readonly steps: readonly string[];
  /** What the account holds before. */
  readonly given?: (scene: Scene) => void;
  /** More lines at the end of the settings file. */
  readonly more?: string;
  readonly who?: (scene: Scene) => Person;
  readonly start: (howard: Person) => Promise<void>;
  readonly receipt: RegExp;
  readonly count: (scene: Scene) => readonly number[];
  readonly once: readonly number[];
};

const comment: Kind = {
  steps: ['comment'],
  start: async (howard) => {
    await howard.slash('/syncro', `comment 32164 ${WORDS}`);
    const form = await howard.modal('Comment on #32164');
    await form.choose('Audience', 'Customer portal, no email');
    await form.submit('Preview');
    const preview = await howard.modal('Check and post');
    await preview.waitFor(/\[(Email|Post) /);
    await preview.submit(/^(Email|Post) /);
  },
  receipt: /Commented on #32164(?:.|\n)*Sent once, confirmed/,
  count: ({ syncro }) => [
    syncro.state.comments.filter(({ body, user_id }) => body === WORDS && user_id === 1750).length,
    syncro.state.outbox.length,
  ],
  once: [1, 0],
};

const create: Kind = {
  steps: ['ticket'],
  start: async (howard) => {
    await howard.slash('/syncro', `create "Desert Dental" ${WORDS}`);
    const form = await howard.modal('New ticket');
    await form.waitFor('Priority');
    await form.submit('Create');
  },
  receipt: /Created #32167(?:.|\n)*Sent once, confirmed/,
  count: ({ syncro }) => [
    syncro.state.tickets.filter(({ subject, user_id }) => subject === WORDS && user_id === 1750).length,
  ],
  once: [1],
};

const newCustomer: Kind = {
  steps: ['customer', 'ticket'],
  start: async (howard) => {
    await howard.slash('/syncro', 'create');
    const form = await howard.modal('New ticket');
    await form.waitFor('Priority');
    await form.type('Subject', WORDS);
    await form.click('New customer…');
    const customer = await howard.modal('New customer');
    await customer.type('Name', 'Zebra Print');
    await customer.submit('Use for this ticket');
    const again = await howard.modal('New ticket');
    await again.waitFor('Priority');
    await again.submit('Create');
  },
  receipt: /Created #32167(?:.|\n)*Sent once, confirmed/,
  count: ({ syncro: { state } }) => {
    const made = state.customers.filter(({ business_name: name }) => name === 'Zebra Print');
    return [made.length, state.tickets.filter(({ customer_id: id }) => id === made[0]?.id).length];
  },
  once: [1, 1],
};

const close: Kind = {
  steps: ['comment', 'ticket_update'],
  start: async (howard) => {
    await howard.slash('/syncro', 'close 32164');
    const form = await howard.modal('Close #32164');
    await form.waitFor('Resolution');
    await form.type('Resolution', WORDS);
    await form.choose('Audience', 'Customer portal, no email');
    await form.submit('Close ticket');
  },
  receipt: /Closed #32164(?:.|\n)*Sent once, confirmed/,
  count: ({ syncro }) => [
    syncro.state.comments.filter(({ body }) => body === WORDS).length,
    syncro.state.tickets.filter(({ number, status }) => number === 32164 && status === 'Resolved').length,
  ],
  once: [1, 1],
};

const timer: Kind = {
  steps: ['timer', 'timer_charge', 'verify_charge'],
  start: async (howard) => {
    await howard.slash('/syncro', 'timer start 32164');
    await howard.message(/started/);
    await howard.slash('/syncro', 'timer stop');
    const bill = await howard.modal('Bill #32164');
    await bill.close();
    const stopped = await howard.message(/Timer on #32164 stopped/);
    await stopped.click('Log in Syncro');
    const form = await howard.modal('Log time on #32164');
    await form.choose('Labor type', 'remote');
    await form.type('Minutes', '30');
    await form.type('Notes', WORDS);
    await form.submit('Preview');
    const preview = await howard.modal('Check and log');
    await preview.waitFor('[Log ');
    await preview.submit(/^Log /);
  },
  receipt: /Logged 0\.5 h on #32164(?:.|\n)*Sent once, confirmed/,
  count: ({ syncro }) => [
    syncro.state.timers.filter(({ notes }) => notes === WORDS).length,
    syncro.state.timers.filter(({ notes, recorded }) => notes === WORDS && recorded).length,
    syncro.state.lines.filter(({ description, quantity }) => description === WORDS && quantity === 0.5).length,
  ],
  once: [1, 1, 1],
};

const invoice: Kind = {
  steps: ['invoice', 'verify_invoice', 'ticket_update'],
  start: startInvoice,
  receipt: /Invoiced #32160 [^$£]*\$175\.00(?:.|\n)*Sent once, confirmed/,
  count: ({ syncro: { state } }) => {
    const ticket = state.tickets.find(({ number }) => number === FORGOTTEN);
    const made = state.invoices.filter(({ ticket_id: id }) => id === ticket?.id);
    return [
      made.length,
      state.lines.filter(({ ticket_id: id, invoice_id: on }) => id === ticket?.id && on === made[0]?.id).length,
      ticket?.status === 'Invoiced' ? 1 : 0,
      state.outbox.length,
    ];
  },
  once: [1, 1, 1, 0],
};

const notBillable: Kind = {
  steps: ['comment', 'timer', 'verify_not_billable', 'timer_billable'],
  start: async (howard) => {
    await howard.slash('/syncro', `bill 32164 30m remote ${WORDS}`);
    const bill = await howard.modal('Check and bill');
    await bill.waitFor('[Bill ');
    await bill.click('Not billable…');
    const log = await howard.modal('Check and log');
    await log.waitFor('[Log ');
    await log.choose('Why is it not billable?', 'Goodwill');
    await log.choose('Audience', 'Customer portal, no email');
    await log.waitFor('Customer portal, no email:');
    await log.submit(/^Log /);
  },
  receipt: /Logged non-billable time on #32164(?:.|\n)*Sent once, confirmed/,
  count: ({ syncro: { state } }) => [
    state.comments.filter(({ body }) => body === WORDS).length,
    state.timers.filter(({ notes, billable }) => notes?.endsWith(WORDS) && !billable).length,
    state.timers.filter(({ notes }) => notes?.endsWith(WORDS)).length,
    state.comments.filter(({ subject }) => subject === 'Not billable').length,
    state.outbox.length,
  ],
  once: [1, 1, 1, 0, 0],
};

const correct: Kind = {
  steps: ['line_item_update', 'verify_change'],
  given: (scene) => void addLine(scene),
  start: startCorrect,
  receipt: /Corrected #32164(?:.|\n)*Sent once, confirmed/,
  count: ({ syncro: { state } }) => [
    state.lines.filter(({ description, quantity }) => description === TEXT && quantity === 1).length,
    state.lines.filter(({ description, quantity }) => description === TEXT && quantity === 0.75).length,
  ],
  once: [1, 0],
};

const remove: Kind = {
  ...correct,
  steps: ['line_item_remove'],
  start: async (howard) => {
    const form = await openCorrect(howard);
    await form.click('Remove it');
    const preview = await howard.modal('Check and correct');
    await preview.waitFor('[Remove $112.50]');
    await preview.submit('Remove $112.50');
  },
  once: [0, 0],
};

const deletion: Kind = {
  steps: ['ticket_delete', 'verify_change'],
  given: madeTwice,
  who: mikeOf,
  start: startDelete,
  receipt: /Deleted #32164(?:.|\n)*Sent once, confirmed/,
  count: ({ syncro }) => [syncro.state.tickets.filter(({ number }) => number === 32164).length],
  once: [0],
};

const charge: Kind = {
  steps: ['line_item', 'verify_charge', 'ticket_update'],
  more: 'billing: { charged_status: Resolved }',
  given: ({ syncro }) => addMonthlyFor(syncro.state, '2026-04-01'),
  start: async (howard) => {
    const preview = await previewCharge(howard, 32164, WORDS);
    await preview.submit(/^Charge /);
  },
  receipt: /Charged #32164(?:.|\n)*goes on "Monthly managed"(?:.|\n)*Sent once, confirmed/,
  count: ({ syncro: { state } }) => {
    const ticket = state.tickets.find(({ number }) => number === 32164);
    return [
      state.comments.filter(({ body }) => body === WORDS).length,
      state.lines.filter(({ description, invoice_id: on }) => description === WORDS && !on).length,
      state.invoices.filter(({ ticket_id: id }) => id === ticket?.id).length,
      ticket?.status === 'Resolved' ? 1 : 0,
      state.outbox.length,
    ];
  },
  once: [1, 1, 0, 1, 1],
};

const draft: Kind = {
  ...invoice,
  steps: ['invoice_draft'],
  more: 'billing: { invoice_as: draft }',
  given: ({ syncro }) => {
    syncro.state.settings.has_drafts = true;
  },
  count: (scene) => [...invoice.count(scene), scene.syncro.state.invoices.at(-1)?.is_draft ? 1 : 0],
  once: [...invoice.once, 1],
};

/** Everything but a bill. */
export const KINDS = {
  ...{ comment, create, newCustomer, close, timer, invoice, notBillable },
  ...{ draft, charge, correct, remove, deletion },
};
