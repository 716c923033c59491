import type { Modal, Person, SeenMessage } from '../slack/slack.ts';
import { sampleConfig, type World, type WorldOptions } from '../world.ts';

/** Unclear answers settle within a second, so that no picture takes minutes. */
export const impatient: WorldOptions = {
  config: sampleConfig()
    .replace(/timeout_seconds: .*/, 'timeout_seconds: 1')
    .replace(/settle_seconds: .*/, 'settle_seconds: 1'),
};

export const TICKET = 32164;
export const COMMENT = 'Reset the cloud thing, sync runs again.\nPlease tell us if it stops.';

/** Types a command and waits for the answer. */
export const answerTo = async (person: Person, text: string, words: RegExp): Promise<SeenMessage> => {
  await person.slash('/syncro', text);
  return person.message(words);
};

/** The bill form with everything filled in. */
export const filledBill = async (person: Person, number = TICKET): Promise<Modal> => {
  await person.slash('/syncro', `bill ${number}`);
  const form = await person.modal(`Bill #${number}`);
  await form.waitFor('Invoice');
  await form.type('Minutes', '41');
  await form.choose('Labor type', 'remote');
  await form.type('Comment', COMMENT);
  return form;
};

export const previewedBill = async (person: Person, number = TICKET): Promise<Modal> => {
  const form = await filledBill(person, number);
  await form.submit('Preview');
  const preview = await person.modal('Check and bill');
  await preview.waitFor('[Bill ');
  return preview;
};

export const billed = async (person: Person, number = TICKET): Promise<SeenMessage> => {
  const preview = await previewedBill(person, number);
  await preview.submit(/^Bill /);
  return person.message(new RegExp(`Billed #${number}`), { timeoutMs: 20_000 });
};

/** A bill whose comment may be lost: the app asks. */
export const askingBill = async (person: Person, { syncro }: World): Promise<SeenMessage> => {
  syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/comment$/ });
  const preview = await previewedBill(person);
  await preview.submit(/^Bill /);
  return person.message(/needs you: (did|is) the/, { timeoutMs: 20_000 });
};

export const filledComment = async (person: Person): Promise<Modal> => {
  await person.slash('/syncro', `comment ${TICKET}`);
  const form = await person.modal(`Comment on #${TICKET}`);
  await form.waitFor('Email goes to');
  await form.type('Comment', 'Please restart the cloud thing once and tell us whether it syncs.');
  await form.choose('Audience', 'Email the customer');
  return form;
};

/** The form for a new ticket when the account's lists are in it. */
export const createForm = async (person: Person, text = ''): Promise<Modal> => {
  await person.slash('/syncro', `create ${text}`.trim());
  const form = await person.modal('New ticket');
  await form.waitFor('Priority');
  return form;
};

/** A form about a ticket when what Syncro says stands over it. */
export const formAbout = async (person: Person, text: string, title: string, ready: string): Promise<Modal> => {
  await person.slash('/syncro', text);
  const form = await person.modal(title);
  await form.waitFor(ready);
  return form;
};

/** The Home when Syncro has answered. */
export const readHome = async (person: Person) => {
  const home = await person.openHome();
  await home.waitFor(/Connected as/, { timeoutMs: 20_000 });
  return home;
};
