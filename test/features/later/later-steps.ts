import type { Person } from '../../../sandbox/slack/slack.ts';
import type { ScheduleRow } from '../../../sandbox/syncro/rows.ts';
import type { SyncroState } from '../../../sandbox/syncro/state.ts';
import type { World } from '../../../sandbox/world.ts';
import { fillIn, openBillForm, SAMPLE_COMMENT } from '../bill/bill-steps.ts';

/** The customer of this ticket gets an invoice each month, with what is charged on their tickets; next on that day. */
export const addMonthlyFor = (
  state: SyncroState,
  nextRun: string,
  fields: Partial<ScheduleRow> = {},
  number = 32164,
): void => {
  const customer = state.tickets.find((ticket) => ticket.number === number)?.customer_id;
  state.schedules.push({
    ...{ id: 501 + state.schedules.length, customer_id: customer ?? 0, name: 'Monthly managed' },
    ...{ frequency: 'Monthly', next_run: `${nextRun}T00:00:00.000Z`, paused: false },
    ...{ invoice_unbilled_ticket_charges: true, lines: [] },
    ...fields,
  });
};

export const addMonthly = (
  { syncro }: World,
  nextRun: string,
  fields: Partial<ScheduleRow> = {},
  number?: number,
): void => addMonthlyFor(syncro.state, nextRun, fields, number);

/** 45 minutes of remote labor, up to the facts; nothing is sent yet. */
export const previewCharge = async (person: Person, number = 32164, comment = SAMPLE_COMMENT) => {
  const form = await openBillForm(person, number);
  await fillIn(form, { minutes: '45', labor: 'remote', comment });
  await form.submit('Preview');
  const preview = await person.modal('Check and bill');
  await preview.waitFor('[Charge ');
  return preview;
};

/** Charged for later, up to the receipt. */
export const charge = async (person: Person, number = 32164, comment = SAMPLE_COMMENT) => {
  const preview = await previewCharge(person, number, comment);
  await preview.submit(/^Charge /);
  return person.message(new RegExp(`Charged #${number}`));
};
