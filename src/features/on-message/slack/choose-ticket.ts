import type { KnownBlock, ModalView } from '@slack/types';
import type { Draft } from '../../../runs/ports.ts';
import { shorten } from '../../../shared/text.ts';
import type { Asked } from '../../../slack/asked.ts';
import { actions, button, line, quote } from '../../../slack/blocks.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { openView, updateView } from '../../../slack/forms/views.ts';
import type { Action } from '../../../slack/pressed.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import type { NamedTicket, NamedTickets } from '../../tickets/named-tickets.ts';
import type { OnMessageUse } from './use.ts';

/** What a ticket is chosen for. */
export type Purpose = {
  readonly title: string;
  readonly callbackId: string;
  /** What of the form is filled in by words that were typed instead of a ticket. */
  readonly fillIn: (words: string, asked: Asked<OnMessageUse>) => Draft;
  /** Puts the form for that ticket into a view that is open. */
  readonly open: (asked: Asked<OnMessageUse>, number: TicketNumber, draft: Draft, viewId: string) => Promise<void>;
};

export const BILL: Purpose = {
  title: 'Bill time',
  callbackId: 'choose-bill',
  fillIn: (words, { deps, use }) => use.billDraft(words, deps.labor),
  open: (asked, number, draft, viewId) => asked.use.openBillForm(asked, number, draft, { viewId }),
};

export const COMMENT: Purpose = {
  title: 'Add to ticket',
  callbackId: 'choose-comment',
  fillIn: (comment) => ({ comment }),
  open: (asked, number, draft, viewId) => asked.use.openCommentForm(asked, number, draft, { viewId }),
};

export const UPDATE: Purpose = {
  title: 'Update a ticket',
  callbackId: 'choose-update',
  fillIn: (status) => ({ status }),
  open: (asked, number, draft, viewId) => asked.use.openUpdateForm(asked, number, draft, { viewId }),
};

export const CLOSE: Purpose = {
  title: 'Close a ticket',
  callbackId: 'choose-close',
  fillIn: (resolution) => ({ resolution }),
  open: (asked, number, draft, viewId) => asked.use.openCloseForm(asked, number, draft, { viewId }),
};

export const PURPOSES: readonly Purpose[] = [BILL, COMMENT, UPDATE, CLOSE];

/** Buttons for the tickets that are offered; each needs an id of its own within its block. */
export const CHOOSE_BUTTONS = [1, 2, 3, 4, 5].map((place) => `choose-ticket:${place}`);
const QUOTE_LENGTH = 300;

type Offer = {
  /** What stands over the tickets that are offered, or why there are none. */
  readonly why?: string;
  readonly offered?: NamedTickets['tickets'];
  readonly missing?: NamedTickets['missing'];
};

export type ChooserState = Offer & {
  readonly formId: string;
  readonly purpose: Purpose;
  /** What the form will begin with; `null`: nothing. */
  readonly draft: string | null;
};

const label = ({ number, subject }: NamedTicket): string => shorten(`#${number}${subject ? ` ${subject}` : ''}`, 75);

const offers = ({ offered = [], why = '' }: Offer): readonly KnownBlock[] => {
  const buttons = CHOOSE_BUTTONS.flatMap((actionId, i) => {
    const ticket = offered[i];
    return ticket ? [button(label(ticket), actionId, { value: String(ticket.number) })] : [];
  });
  return [...(why === '' ? [] : [line(why)]), ...(buttons.length === 0 ? [] : [actions('offered', buttons)])];
};

const missed = ({ missing = [] }: Offer): readonly KnownBlock[] =>
  missing.length > 0 ? [line(`${missing.map((number) => `#${number}`).join(', ')}: no such ticket in Syncro.`)] : [];

/** Asks which ticket a form is for. What was said in Slack waits with the form, not in the view. */
export const chooserView = (state: ChooserState): ModalView => {
  const { formId, purpose, draft } = state;
  return modal({
    callbackId: purpose.callbackId,
    kept: { formId },
    title: purpose.title,
    submit: 'Continue',
    blocks: [
      ...(draft === null ? [] : [quote(shorten(draft, QUOTE_LENGTH))]),
      ...missed(state),
      ...offers(state),
      {
        type: 'input',
        block_id: 'ticket',
        label: { type: 'plain_text', text: 'Ticket' },
        element: {
          type: 'external_select',
          action_id: 'ticket',
          min_query_length: 0,
          placeholder: { type: 'plain_text', text: 'Number, subject or customer' },
        },
      },
    ],
  });
};

/** Opens the question which ticket it is, or puts it into a view that is open. */
export const openChooser = async (
  { deps, use, technician, triggerId, channel }: Asked<OnMessageUse>,
  purpose: Purpose,
  { draft, said = draft.comment ?? null, ...offer }: Offer & { readonly draft: Draft; readonly said?: string | null },
  viewId?: string,
): Promise<void> => {
  const formId = await use.opened.open(technician, { ticketNumber: null, askedIn: channel });
  await use.opened.keepDraft(technician, formId, draft);
  const view = chooserView({ ...offer, formId, purpose, draft: said });
  if (viewId) await updateView(deps, { id: viewId, hash: null }, view);
  else await openView(deps, triggerId, view);
};

type MayBeTyped = Asked<OnMessageUse> & { readonly value?: string };

/** What was typed instead of a ticket waits for the form. */
const typedFor = (purpose: Purpose, asked: MayBeTyped) => {
  const { value = '' } = asked;
  return value === '' ? { draft: {} } : { draft: purpose.fillIn(value, asked), said: value };
};

/** Asks which ticket it is; mine are offered first. */
export const chooseTicket =
  (purpose: Purpose): Action<OnMessageUse> =>
  (asked) =>
    openChooser(asked, purpose, typedFor(purpose, asked));

/** Asks which ticket is billed, with the one on top that the technician's timer runs on. */
export const chooseTicketToBill = async (asked: MayBeTyped): Promise<void> => {
  const running = await asked.use.ticketOfTimer(asked.technician);
  const offer = running ? { why: 'Your timer runs on:', offered: [running] } : {};
  await openChooser(asked, BILL, { ...typedFor(BILL, asked), ...offer });
};
