import type { Handler } from '../../../slack/asked.ts';
import { formOn } from '../../tickets/slack/on-ticket.ts';
import { openCloseForm } from './open-close.ts';

export const close: Handler<'close'> = (asked, { ticket }) => formOn(asked, ticket, openCloseForm);
