import type { KnownBlock, ModalView } from '@slack/types';
import { shorten } from '../../../shared/text.ts';
import { actions, button, line, quote } from '../../../slack/blocks.ts';
import { modal } from '../../../slack/forms/modal.ts';
import type { NamedTicket, NamedTickets } from '../../tickets/named-tickets.ts';
import type { Purpose } from './choose-ticket-purpose.ts';

/** Buttons for the tickets that are offered; each needs an id of its own within its block. */
export const CHOOSE_BUTTONS = [1, 2, 3, 4, 5].map((place) => `choose-ticket:${place}`);
const QUOTE_LENGTH = 300;

export type ChooserState = {
  readonly formId: string;
  readonly purpose: Purpose;
  /** What stands over the tickets that are offered. */
  readonly why: string;
  readonly offered: NamedTickets['tickets'];
  readonly missing: NamedTickets['missing'];
  /** What the form will begin with; `null`: nothing. */
  readonly draft: string | null;
};

const label = ({ number, subject }: NamedTicket): string => shorten(`#${number}${subject ? ` ${subject}` : ''}`, 75);

const offers = ({ offered, why }: ChooserState): readonly KnownBlock[] => {
  const buttons = CHOOSE_BUTTONS.flatMap((actionId, i) => {
    const ticket = offered[i];
    return ticket ? [button(label(ticket), actionId, { value: String(ticket.number) })] : [];
  });
  return buttons.length > 0 ? [line(why), actions('offered', buttons)] : [];
};

const missed = ({ missing }: ChooserState): readonly KnownBlock[] =>
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
