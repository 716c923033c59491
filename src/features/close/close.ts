import type { Asked } from '../../slack/asked.ts';
import { command, type Feature, onNumber, type Rows, withUse, writes } from '../../slack/feature.ts';
import { ticketForms } from '../tickets/ports.ts';
import { formOn, numberOf, ticketOnly } from '../tickets/slack/on-ticket.ts';
import type { OpenForm } from '../tickets/slack/ticket-form.ts';
import { type CloseDeps, createClosing } from './closing.ts';
import { CLOSE_BACK, closeForm, closeForms } from './slack/form.ts';
import type { CloseUse } from './slack/use.ts';

/** Ends a ticket. */
export const closeRows: Rows<CloseUse> = {
  commands: [
    command({
      name: 'close',
      usage: 'close <number>',
      does: "close a ticket, with a resolution; says what isn't billed yet",
      example: 'close 32164',
      writes: true,
      parse: ticketOnly('close 32164', 'close:choose'),
      run: (asked: Asked<CloseUse>, { ticket }) => formOn(asked, ticket, closeForm.open),
    }),
  ],
  buttons: {
    'close:open': writes((pressed) => closeForm.open(pressed, numberOf(pressed.value)), onNumber('close')),
    [CLOSE_BACK]: writes(closeForm.back),
    ...closeForm.buttons,
  },
  closed: closeForm.closed,
  forms: closeForms,
};

type Deps = CloseDeps & Omit<CloseUse, 'closing'>;

export const createClose = (deps: Deps): Feature & { readonly openForm: OpenForm } => {
  const use: CloseUse = { ...ticketForms(deps), closing: createClosing(deps) };
  return {
    rows: withUse(use, closeRows),
    openForm: (asked, ...form) => closeForm.open({ ...asked, use }, ...form),
  };
};
