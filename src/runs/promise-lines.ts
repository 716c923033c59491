import { calendarIn, dayAfter } from '../shared/calendar.ts';
import { knownZone } from '../shared/time-zone.ts';
import type { Notifier, PromisedLine, PromisedLines } from './ports.ts';
import { chargedLineOf } from './rules/charge.ts';
import { type Run, resultOf } from './rules/run.ts';

/** Syncro makes recurring invoices at 6:00, on busy days hours later: the next morning, when people read what is said. */
const MORNING_MS = 7 * 3_600_000;

/** What a run leaves to a recurring invoice; `null`: nothing. */
export const promisedLine = (run: Run): PromisedLine | null => {
  if (run.kind !== 'bill' || run.finishedAt === null) return null;
  const { later } = run.plan;
  const made = resultOf(run, 'line_item');
  // Stopped after that, the line is on the ticket all the same.
  if (later?.by !== 'schedule' || !made) return null;
  const calendar = calendarIn(knownZone(run.plan.timeZone ?? null));
  const charged = calendar.day(run.finishedAt);
  // One that is late already takes it when it comes to it.
  const day = later.day > charged ? later.day : charged;
  return {
    runId: run.id,
    customerId: run.ticket.customerId,
    ticketId: run.ticket.id,
    lineId: made.id ?? chargedLineOf(run)?.id ?? null,
    day: later.day,
    lookAt: calendar.startOf(dayAfter(day)) + MORNING_MS,
  };
};

/** What a charge promises is written down before its receipt says so; the receipt also says what became of it. */
export const promisingLines = (notifier: Notifier, promised: PromisedLines): Notifier => ({
  show: async (toShow) => {
    const line = promisedLine(toShow.run);
    if (!line) return notifier.show(toShow);
    await promised.add(line);
    const followed = await promised.followed(line.runId);
    return notifier.show(followed ? { ...toShow, followed } : toShow);
  },
});
