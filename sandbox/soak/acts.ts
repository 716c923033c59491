import type { Random } from '../simulation/random.ts';
import type { Modal, Person, SlackSandbox } from '../slack/slack.ts';
import type { Colleague } from './shop.ts';

/** What a technician was told to have done; held against Syncro at the end. */
export type Done =
  | { readonly kind: 'bill' | 'comment'; readonly by: Colleague; readonly number: number; readonly words: string }
  | { readonly kind: 'create'; readonly by: Colleague; readonly words: string };

export type ActDeps = {
  readonly slack: SlackSandbox;
  readonly random: Random;
  readonly done: Done[];
  /** A ticket that nobody has billed; `null`: there is none left. */
  readonly freshTicket: () => number | null;
  readonly anyTicket: () => number;
};

type Act = (deps: ActDeps, person: Person, me: Colleague) => Promise<void>;

const PATIENCE = { timeoutMs: 30_000 };
let said = 0;
const words = (what: string): string => `${what} no. ${++said} of this hour`;

/** The next answer to a command, whatever it says. */
const asks =
  (text: (deps: ActDeps) => string, answer: RegExp): Act =>
  async (deps, person) => {
    const after = deps.slack.workspace.messages.at(-1)?.ts ?? '';
    await person.slash('/syncro', text(deps));
    await person.message(answer, { ...PATIENCE, after });
  };

const receipt = (person: Person, pattern: RegExp): Promise<unknown> => person.message(pattern, PATIENCE);

const choosePortal = (form: Modal): Promise<unknown> => form.choose('Audience', 'Customer portal, no email');

const bill: Act = async ({ freshTicket, done, random }, person, by) => {
  const number = freshTicket();
  if (number === null) return;
  const comment = words('Billed');
  await person.slash('/syncro', `bill ${number}`);
  const form = await person.modal(`Bill #${number}`, PATIENCE);
  await form.waitFor('Invoice', PATIENCE);
  await form.type('Minutes', String(15 * Math.ceil(random.between(0, 6))));
  await form.choose('Labor type', 'remote');
  await form.type('Comment', comment);
  await choosePortal(form);
  await form.submit('Preview');
  const preview = await person.modal('Check and bill', PATIENCE);
  await preview.waitFor('[Bill ', PATIENCE);
  await preview.submit(/^Bill /);
  await receipt(person, new RegExp(`^✓ Billed #${number} `));
  done.push({ kind: 'bill', by, number, words: comment });
};

const comment: Act = async ({ anyTicket, done }, person, by) => {
  const number = anyTicket();
  const body = words('Commented');
  await person.slash('/syncro', `comment ${number} ${body}`);
  const form = await person.modal(`Comment on #${number}`, PATIENCE);
  await choosePortal(form);
  await form.submit('Preview');
  const preview = await person.modal('Check and post', PATIENCE);
  await preview.waitFor(/\[(Email|Post) /, PATIENCE);
  await preview.submit(/^(Email|Post) /);
  await receipt(person, new RegExp(`Commented on #${number}(?:.|\n)*Sent once, confirmed`));
  done.push({ kind: 'comment', by, number, words: body });
};

const create: Act = async ({ done, random }, person, by) => {
  const subject = words('Created');
  await person.slash('/syncro', 'create');
  const form = await person.modal('New ticket', PATIENCE);
  await form.waitFor('Priority', PATIENCE);
  for (const query of ['a', 'de', 'desert', random.pick(['ac', 'sm', 'br'])]) await form.typeahead('Customer', query);
  await form.choose('Customer', 'Desert Dental');
  await form.type('Subject', subject);
  await form.submit('Create');
  // One like it is open already, from the second on.
  const check = await person.modal('Check and create', { timeoutMs: 2_000 }).catch(() => null);
  await check?.submit('Create anyway');
  await receipt(person, new RegExp(`Created #\\d+ ${subject}`));
  done.push({ kind: 'create', by, words: subject });
};

const glance: Act = async (_deps, person) => {
  await person.slash('/syncro', 'create');
  const form = await person.modal('New ticket', PATIENCE);
  await form.waitFor('Priority', PATIENCE);
  await form.typeahead('Customer', 'acme');
  await form.closeAll();
};

const home: Act = async (_deps, person) => {
  const view = await person.openHome(PATIENCE);
  await view.waitFor(/Connected as|not checked/, PATIENCE);
};

const timer: Act = async ({ anyTicket, slack }, person) => {
  const after = slack.workspace.messages.at(-1)?.ts ?? '';
  const number = anyTicket();
  await person.slash('/syncro', `timer start ${number}`);
  await person.message(new RegExp(`Timer on #${number}.* started`), { ...PATIENCE, after });
  await person.slash('/syncro', 'timer stop');
  const form = await person.modal(`Bill #${number}`, PATIENCE);
  await form.closeAll();
  const stopped = await person.message(/Timer on .* stopped/, { ...PATIENCE, after });
  await stopped.click('Discard');
};

/** How often each is done, of about 30 things that somebody does in an hour. */
const MIX: ReadonlyArray<readonly [string, number, Act]> = [
  ['summary', 4, asks(() => '', /open/i)],
  ['ticket', 6, asks(({ anyTicket }) => `ticket ${anyTicket()}`, /Soak \d+/)],
  ['search', 3, asks(({ random }) => `search ${random.pick(['printer', 'outlook', 'jams'])}`, /#\d+/)],
  ['customers', 2, asks(({ random }) => `customers ${random.pick(['acme', 'desert', 'jerry'])}`, /\w/)],
  ['bill', 4, bill],
  ['comment', 3, comment],
  ['create', 1, create],
  ['typeahead', 2, glance],
  ['update', 2, asks(({ anyTicket }) => `update ${anyTicket()} in p`, /In Progress|busy|right now/)],
  ['digest', 0.3, asks(() => 'digest preview', /open/i)],
  ['home', 3, home],
  ['timer', 2, timer],
];

export const pickAct = (random: Random): { readonly name: string; readonly act: Act } => {
  let left = random.next() * MIX.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight, act] of MIX) {
    left -= weight;
    if (left < 0) return { name, act };
  }
  return { name: 'home', act: home };
};
