import { planTime, type TimeFacts, type TimePlan, timeWork } from '../../../src/features/time/plan.ts';
import type { Progress, Run } from '../../../src/runs/rules/run.ts';
import { runOf } from '../../../src/runs/rules/work.ts';
import type { TimerEntry } from '../../../src/syncro/ticket.ts';
import { byTheMinute } from './a-bill.ts';
import { author } from './a-run.ts';
import { aTicket, howard, minute, noon, remoteLabor, remoteProduct } from './a-ticket.ts';

/** 42 minutes remote that ended at noon. */
export const aTimePlan = (facts: Partial<TimeFacts> = {}, minutes = 42, labor = remoteLabor): TimePlan =>
  planTime(
    {
      ticket: aTicket(),
      product: { ...remoteProduct, taxable: false },
      contracts: { contracts: [], unread: null },
      hours: { odd: null, hoursUnread: false },
      busyWith: null,
      endedAt: noon,
      now: noon,
      ...facts,
    },
    { minutes, notes: 'Fixed the sync', labor },
    byTheMinute,
  );

/** Just confirmed. */
export const aTimerRun = (fields: Partial<Progress> = {}): Run => ({
  ...runOf(timeWork(aTicket(), aTimePlan(), author, 'timer-1'), {
    id: 'run-1',
    formId: 'form-1',
    ref: 'K7Q2MX',
    technician: howard,
    now: noon,
  }),
  ...fields,
});

/** The entry that the run makes. */
export const anEntry = (fields: Partial<TimerEntry> = {}): TimerEntry => ({
  id: 40,
  startedAt: noon - 42 * minute,
  endedAt: noon,
  notes: 'Fixed the sync',
  recorded: false,
  technicianId: howard.syncroUserId,
  lineItemId: null,
  ...fields,
});
