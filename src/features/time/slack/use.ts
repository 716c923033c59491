import type { Confirming } from '../../../runs/start-run.ts';
import type { Asked } from '../../../slack/asked.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import type { TicketForms } from '../../tickets/ports.ts';
import type { TimeLogging } from '../prepare.ts';
import type { TimersOfPeople } from '../timers.ts';

export type TimeUse = TicketForms &
  Confirming & {
    readonly timers: TimersOfPeople;
    readonly timeLogging: TimeLogging;
    readonly openBillForm: (
      asked: Asked,
      number: TicketNumber,
      draft: { readonly minutes: string },
      where: { readonly timerId: string },
    ) => Promise<void>;
  };
