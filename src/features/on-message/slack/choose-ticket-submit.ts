import type { Asked } from '../../../slack/asked.ts';
import { type Rows, writes } from '../../../slack/feature.ts';
import { chosen, readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { inView, readingView } from '../../../slack/forms/in-view.ts';
import { type Submit, type Submitted, whenAnswered } from '../../../slack/forms/submitted.ts';
import { type Action, formOf, fromAnotherTime } from '../../../slack/pressed.ts';
import { createSay } from '../../../slack/say.ts';
import { parseTicketNumber } from '../../../syncro/ticket-ref.ts';
import { numberOf } from '../../tickets/slack/on-ticket.ts';
import { CHOOSE_BUTTONS, PURPOSES, type Purpose } from './choose-ticket.ts';
import type { OnMessageUse } from './use.ts';

/** A submitted form as something that was asked for: no trigger any more, and answers go to the direct message. */
const askedBy = ({ deps, use, technician }: Submitted<OnMessageUse>, channel: string | null): Asked<OnMessageUse> => ({
  deps,
  use,
  technician,
  command: '/syncro',
  triggerId: '',
  say: createSay(null, deps.client, { channel: null, user: technician.slackUser }, deps.log),
  channel,
});

/** `Continue`: the question becomes the form that it was asked for. */
const chooseTicket =
  (purpose: Purpose): Submit<OnMessageUse> =>
  async (submitted) => {
    const { deps, use, technician, view } = submitted;
    const number = parseTicketNumber(chosen(readValues(view.values), 'ticket'));
    if (number === null)
      return { answer: { response_action: 'errors', errors: { ticket: 'Choose a ticket, or type its number.' } } };
    const { draft, askedIn = null } = await use.opened.own(technician, readFormId(view.metadata) ?? '');
    const asked = askedBy(submitted, askedIn);
    return {
      answer: { response_action: 'update', view: readingView(purpose.title, 'Opening the form') },
      afterwards: async () => {
        await whenAnswered(deps);
        await inView(asked, view.id, purpose.title, () => purpose.open(asked, number, draft ?? {}, view.id));
      },
    };
  };

export const chooserForms: Readonly<Record<string, Submit<OnMessageUse>>> = Object.fromEntries(
  PURPOSES.map((purpose) => [purpose.callbackId, chooseTicket(purpose)]),
);

/** One of the tickets that were offered: on to the form, without another press. */
const chooseOffered: Action<OnMessageUse> = async (pressed) => {
  const purpose = PURPOSES.find(({ callbackId }) => callbackId === pressed.view?.callbackId);
  if (!purpose) throw fromAnotherTime();
  const { formId, viewId } = formOf(pressed);
  const { draft } = await pressed.use.opened.own(pressed.technician, formId);
  await purpose.open(pressed, numberOf(pressed.value), draft ?? {}, viewId);
};

export const chooserButtons: NonNullable<Rows<OnMessageUse>['buttons']> = Object.fromEntries(
  CHOOSE_BUTTONS.map((actionId) => [actionId, writes(chooseOffered)]),
);
