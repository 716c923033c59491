import type { Modal, Person, SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';

/** What a technician fills in. */
export type Work = {
  readonly minutes?: string;
  readonly labor?: string;
  readonly comment?: string;
  readonly audience?: string;
};

export const SAMPLE_COMMENT = 'Reset the cloud thing.';

/** Types `/syncro bill <number>` and waits for the form to be complete. */
export const openBillForm = async (person: Person, number: number, typed = ''): Promise<Modal> => {
  await person.slash('/syncro', `bill ${number} ${typed}`.trim());
  const form = await person.modal(`Bill #${number}`);
  await form.waitFor('Invoice');
  return form;
};

/** Fills in the fields that are given; `''` empties one. */
export const fillIn = async (form: Modal, { minutes, labor, comment, audience }: Work): Promise<void> => {
  if (minutes !== undefined) await form.type('Minutes', minutes);
  if (labor !== undefined) await form.choose('Labor type', labor);
  if (comment !== undefined) await form.type('Comment', comment);
  if (audience !== undefined) await form.choose('Audience', audience);
};

/** 45 minutes of remote labor unless told otherwise, up to the facts; nothing is sent yet. */
export const previewBill = async (person: Person, number: number, work: Work = {}): Promise<Modal> => {
  const form = await openBillForm(person, number);
  await fillIn(form, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT, ...work });
  await form.submit('Preview');
  const preview = await person.modal('Check and bill');
  await preview.waitFor('[Bill ');
  return preview;
};

/** Form, preview, confirmed; the run is on its way then. */
export const startBilling = async (person: Person, number: number, work: Work = {}): Promise<void> => {
  const preview = await previewBill(person, number, work);
  await preview.submit(/^Bill /);
};

/** The whole job up to the receipt. */
export const bill = async (person: Person, number: number, work: Work = {}): Promise<SeenMessage> => {
  await startBilling(person, number, work);
  return person.message(new RegExp(`Billed #${number}`), { timeoutMs: 8000 });
};

/** What a bill sends to Syncro: a name for it, and its request. */
export const WRITES = [
  ['comment', 'POST', /\/comment$/],
  ['line', 'POST', /\/add_line_item$/],
  ['invoice', 'POST', /^\/invoices$/],
  ['status', 'PUT', /^\/tickets\/\d+$/],
] as const;

/** How many such requests were sent. */
export const sent = (world: World, pattern: RegExp): number =>
  world.syncro.requests.filter(({ method, path }) => method !== 'GET' && pattern.test(path)).length;
