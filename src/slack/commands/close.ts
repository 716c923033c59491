import type { Handler } from '../asked.ts';
import { openCloseForm } from '../forms/open-close.ts';
import { formOn } from './on-ticket.ts';

export const close: Handler<'close'> = (asked, { ticket }) => formOn(asked, ticket, openCloseForm);
