import type { Confirming } from '../../../runs/start-run.ts';
import type { TicketForms } from '../../tickets/ports.ts';
import type { OpenForm } from '../../tickets/slack/ticket-form.ts';
import type { TimeLogging } from '../prepare.ts';
import type { TimersOfPeople } from '../timers.ts';

export type TimeUse = TicketForms &
  Confirming & {
    readonly timers: TimersOfPeople;
    readonly timeLogging: TimeLogging;
    readonly openBillForm: OpenForm;
  };
