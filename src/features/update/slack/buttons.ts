import { z } from 'zod';
import { answerInPlace } from '../../../slack/in-place.ts';
import { type Action, type Actions, formOf, fromJson, numberOf, type Pressed } from '../../../slack/pressed.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { CLOSE_BACK } from '../../close/slack/form.ts';
import { openCloseForm, showCloseFormAgain } from '../../close/slack/open-close.ts';
import { TICKET_BLOCK } from '../../tickets/slack/ticket-buttons.ts';
import { ticketCardMessage } from '../../tickets/slack/ticket-card.ts';
import { WAITING } from '../../tickets/slack/waiting.ts';
import type { Updated } from '../update-status.ts';
import { UPDATE_BACK } from './form.ts';
import { MOST_OFFERED, offeredStatus, updatedMessage, withoutButtons } from './messages.ts';
import { openUpdateForm, showUpdateFormAgain } from './open-update.ts';
import { watchUpdate } from './watch-update.ts';

/** Changes the ticket, then shows it as it is now under the outcome. */
const changeOnCard = (pressed: Pressed, number: TicketNumber, change: () => Promise<Updated>): Promise<void> => {
  const { deps, technician, command } = pressed;
  return answerInPlace(pressed, number, `Updating #${number}`, async () => {
    const outcome = updatedMessage(await watchUpdate(deps, change()), deps.links, command);
    // What was done is told also when the ticket can't be read again just now.
    const card = await deps.use.viewTicket(technician, { by: 'number', number }).catch(() => null);
    return card ? ticketCardMessage(card, deps.links, { outcome: withoutButtons(outcome) }) : outcome;
  });
};

const take: Action = (pressed) => {
  const { deps, technician, value } = pressed;
  const number = numberOf(value);
  return changeOnCard(pressed, number, () => deps.use.updating.take(technician, number));
};

const setStatus: Action = (pressed) => {
  const { deps, technician, blockId, value } = pressed;
  const number = numberOf(blockId.startsWith(TICKET_BLOCK) ? blockId.slice(TICKET_BLOCK.length) : '');
  return changeOnCard(pressed, number, () => deps.use.updating.toStatus(technician, number, value));
};

const OFFERED = z.object({ n: z.number().int().min(1), s: z.string().min(1) });

/** One of the statuses that typed words may have meant. */
const chooseOffered: Action = (pressed) => {
  const { deps, technician, value, command } = pressed;
  const { n, s } = fromJson(OFFERED, value);
  const number = numberOf(String(n));
  return answerInPlace(pressed, number, `Updating #${number}`, async () =>
    updatedMessage(await watchUpdate(deps, deps.use.updating.toStatus(technician, number, s)), deps.links, command),
  );
};

/** On the message about a customer's reply, which stays. */
const setWaiting: Action = ({ deps, technician, say, value, command }) => {
  const number = numberOf(value);
  return sayWhenReady(
    say,
    `Updating #${number}`,
    async () =>
      updatedMessage(await watchUpdate(deps, deps.use.updating.waiting(technician, number)), deps.links, command),
    { beside: true },
  );
};

export const updateActions: Actions = {
  'ticket:take': take,
  'ticket:status': setStatus,
  [WAITING]: setWaiting,
  ...Object.fromEntries(Array.from({ length: MOST_OFFERED }, (_, i) => [offeredStatus(i), chooseOffered])),
  'update:open': (pressed) => openUpdateForm(pressed, numberOf(pressed.value)),
  [UPDATE_BACK]: async (pressed) => {
    const { formId, viewId } = formOf(pressed);
    await showUpdateFormAgain(pressed, formId, viewId);
  },
  'close:open': (pressed) => openCloseForm(pressed, numberOf(pressed.value)),
  [CLOSE_BACK]: async (pressed) => {
    const { formId, viewId } = formOf(pressed);
    await showCloseFormAgain(pressed, formId, viewId);
  },
};
