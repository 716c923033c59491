import type { Asked } from '../../../slack/asked.ts';
import { chosen, readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { inView, readingView } from '../../../slack/forms/in-view.ts';
import { type Submit, type Submitted, whenAnswered } from '../../../slack/forms/submitted.ts';
import { createSay } from '../../../slack/say.ts';
import { parseTicketNumber } from '../../../syncro/ticket-ref.ts';
import { PURPOSES, type Purpose } from './choose-ticket-purpose.ts';

/** A submitted form as something that was asked for: no trigger any more, and answers go to the direct message. */
const askedBy = ({ deps, technician }: Submitted, channel: string | null): Asked => ({
  deps,
  technician,
  command: '/syncro',
  triggerId: '',
  say: createSay(null, deps.client, { channel: null, user: technician.slackUser }, deps.log),
  channel,
});

/** `Continue`: the question becomes the form that it was asked for. */
const chooseTicket =
  (purpose: Purpose): Submit =>
  async (submitted) => {
    const { deps, technician, view } = submitted;
    const number = parseTicketNumber(chosen(readValues(view.values), 'ticket'));
    if (number === null)
      return { answer: { response_action: 'errors', errors: { ticket: 'Choose a ticket, or type its number.' } } };
    const { draft, askedIn = null } = await deps.use.opened.own(technician, readFormId(view.metadata) ?? '');
    const asked = askedBy(submitted, askedIn);
    return {
      answer: { response_action: 'update', view: readingView(purpose.title, 'Opening the form') },
      afterwards: async () => {
        await whenAnswered(deps);
        await inView(asked, view.id, purpose.title, () => purpose.open(asked, number, draft ?? {}, view.id));
      },
    };
  };

export const chooserForms: Readonly<Record<string, Submit>> = Object.fromEntries(
  PURPOSES.map((purpose) => [purpose.callbackId, chooseTicket(purpose)]),
);
