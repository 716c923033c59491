import { type Feature, type Rows, withUse, writes } from '../../slack/feature.ts';
import { CLOSE, COMMENT, chooseTicket, chooseTicketToBill, UPDATE } from './slack/choose-ticket.ts';
import { chooserButtons, chooserForms } from './slack/choose-ticket-submit.ts';
import { shortcuts } from './slack/on-message.ts';
import type { OnMessageUse } from './slack/use.ts';

/** Begins work from a message, or from anywhere in Slack, and asks which ticket it is for. */
export const onMessageRows: Rows<OnMessageUse> = {
  buttons: {
    ...chooserButtons,
    'bill:choose': writes(chooseTicketToBill),
    'comment:choose': writes(chooseTicket(COMMENT)),
    'update:choose': writes(chooseTicket(UPDATE)),
    'close:choose': writes(chooseTicket(CLOSE)),
  },
  forms: chooserForms,
  shortcuts,
};

export const createOnMessage = (use: OnMessageUse): Feature => ({ rows: withUse(use, onMessageRows) });
