import { z } from 'zod';
import { parseTicketNumber } from '../../domain/command.ts';
import { currentStep, type Decision } from '../../domain/run.ts';
import { AppError } from '../../errors.ts';
import type { Asked } from '../asked.ts';
import { BILL_BACK } from '../forms/bill-preview.ts';
import { correctable, correctRunView } from '../forms/correct-run.ts';
import { readFormId } from '../forms/form-values.ts';
import { openBillForm, showBillFormAgain } from '../forms/open-bill.ts';
import { openView } from '../forms/views.ts';
import { customerCardMessage, foundCustomersMessage } from '../messages/found-customers.ts';
import { foundTicketsMessage } from '../messages/found-tickets.ts';
import { notedMessage } from '../messages/run.ts';
import { ticketCardMessage } from '../messages/ticket-card.ts';
import { sayWhenReady } from '../say.ts';

/** A press of a button or a choice in a menu. */
export type Pressed = Asked & {
  readonly actionId: string;
  /** The button's value or the chosen option's; hostile until read. */
  readonly value: string;
  /** The view that it was pressed in, if it was a form. */
  readonly view: { readonly id: string; readonly metadata: string } | null;
};

type Action = (pressed: Pressed) => Promise<void>;

const fromJson = <T>(schema: z.ZodType<T>, text: string): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new AppError('stale', 'This button is from another time. Run the command again.');
  }
};

const numberOf = (text: string) => {
  const number = parseTicketNumber(text);
  if (number === null) throw new AppError('stale', 'This button is from another time. Run the command again.');
  return number;
};

const showTicket: Action = ({ deps, technician, say, value }) =>
  sayWhenReady(
    say,
    'Reading the ticket',
    async () =>
      ticketCardMessage(await deps.use.viewTicket(technician, { by: 'number', number: numberOf(value) }), deps.links),
    { beside: true },
  );

const shareTicket: Action = ({ deps, technician, say, value }) =>
  sayWhenReady(
    say,
    'Reading the ticket',
    async () => {
      const card = await deps.use.viewTicket(technician, { by: 'number', number: numberOf(value) });
      return ticketCardMessage(card, deps.links, true);
    },
    { beside: true, everybody: true },
  );

const SEARCH = z.object({ q: z.string(), o: z.boolean(), p: z.number().int().min(1) });

const searchAgain: Action = ({ deps, technician, say, value }) => {
  const { q, o, p } = fromJson(SEARCH, value);
  return sayWhenReady(
    say,
    'Searching',
    async () =>
      foundTicketsMessage(
        await deps.use.searchTickets(technician, { words: q, openOnly: o, page: p }),
        deps.links,
        deps.clock.now(),
      ),
    { replace: true },
  );
};

const CUSTOMERS = z.object({ q: z.string(), p: z.number().int().min(1) });

const customersAgain: Action = ({ deps, technician, say, value }) => {
  const { q, p } = fromJson(CUSTOMERS, value);
  return sayWhenReady(
    say,
    'Searching customers',
    async () => foundCustomersMessage(await deps.use.searchCustomers(technician, { words: q, page: p }), deps.links),
    { replace: true },
  );
};

const showCustomer: Action = ({ deps, technician, say, value }) =>
  sayWhenReady(
    say,
    'Reading the customer',
    async () =>
      customerCardMessage(
        await deps.use.viewCustomer(technician, fromJson(z.number().int().min(1), value)),
        deps.links,
        deps.clock.now(),
      ),
    { beside: true },
  );

const openBill: Action = (pressed) => openBillForm(pressed, numberOf(pressed.value), {});

/** Back to the form with everything that was typed. */
const backToBill: Action = async (pressed) => {
  const { view } = pressed;
  const formId = view ? readFormId(view.metadata) : null;
  if (!view || !formId) throw new AppError('stale', 'This form is too old. Open it again.');
  await showBillFormAgain(pressed, formId, view.id);
};

const RUN = z.object({ r: z.string().min(1), s: z.number().int() });

const decideAs =
  (kind: Exclude<Decision['kind'], 'correct'>): Action =>
  async ({ deps, technician, say, value }) => {
    const { r, s } = fromJson(RUN, value);
    const run = await deps.use.decideRun(technician, r, { kind, step: s });
    // The message moves when the request in flight is answered; until then the press must not seem lost.
    if (currentStep(run)?.state.phase === 'sending') await say(notedMessage(run));
  };

/** A refused text is corrected in a form; a refusal without text (invoice, status) is simply tried again. */
const correctRun: Action = async (pressed) => {
  const { deps, technician, triggerId, value } = pressed;
  const { r, s } = fromJson(RUN, value);
  const run = await deps.use.getRun(r);
  const text = run && run.technician.slackUser === technician.slackUser ? correctable(run) : null;
  if (run && text !== null) await openView(deps, triggerId, correctRunView(run, s, text));
  else await decideAs('try_again')(pressed);
};

const ACTIONS: Readonly<Record<string, Action>> = {
  'ticket:show': showTicket,
  'ticket:share': shareTicket,
  'search:all': searchAgain,
  'search:open': searchAgain,
  'search:previous': searchAgain,
  'search:next': searchAgain,
  'customer:show': showCustomer,
  'customers:previous': customersAgain,
  'customers:next': customersAgain,
  'bill:open': openBill,
  [BILL_BACK]: backToBill,
  'run:it_is_there': decideAs('it_is_there'),
  'run:send_again': decideAs('send_again'),
  'run:try_again': decideAs('try_again'),
  'run:remove_double': decideAs('remove_double'),
  'run:leave_double': decideAs('leave_double'),
  'run:stop': decideAs('stop'),
  'run:correct': correctRun,
};

/** Buttons that change or prepare a change: their failures say that nothing was sent. */
export const isWriting = (actionId: string): boolean => actionId.startsWith('run:') || actionId.startsWith('bill:');

/** A link opens by itself; an unknown id is a button of an older version. */
export const press = async (pressed: Pressed): Promise<void> => {
  if (pressed.actionId.startsWith('link:')) return;
  const action = ACTIONS[pressed.actionId];
  if (!action) throw new AppError('stale', 'This button is from another time. Run the command again.');
  await action(pressed);
};
