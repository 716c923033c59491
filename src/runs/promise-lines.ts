import { calendarIn, dayAfter } from '../shared/calendar.ts';
import { knownZone } from '../shared/time-zone.ts';
import type { Notifier, PromisedLine, PromisedLines } from './ports.ts';
import { chargedLineOf } from './rules/charge.ts';
import { type Run, resultOf } from './rules/run.ts';

/** Syncro makes recurring invoices at 6:00, on busy days hours later: the next morning, when people read what is said. */
const MORNING_MS = 7 * 3_600_000;

/** When it is looked what the recurring invoices of that day took. @param day `YYYY-MM-DD` */
export const morningAfter = (day: string, timeZone: string | null): number =>
  calendarIn(knownZone(timeZone)).startOf(dayAfter(day)) + MORNING_MS;

/** What a run leaves to a recurring invoice; `null`: nothing. */
export const promisedLine = (run: Run): PromisedLine | null => {
  if (run.kind !== 'bill' || run.finishedAt === null) return null;
  const { later } = run.plan;
  const made = resultOf(run, 'line_item');
  // Stopped after that, the line is on the ticket all the same.
  if (later?.by !== 'schedule' || !made) return null;
  const timeZone = run.plan.timeZone ?? null;
  const charged = calendarIn(knownZone(timeZone)).day(run.finishedAt);
  // One that is late already takes it when it comes to it.
  const day = later.day > charged ? later.day : charged;
  return {
    runId: run.id,
    customerId: run.ticket.customerId,
    ticketId: run.ticket.id,
    lineId: made.id ?? chargedLineOf(run)?.id ?? null,
    day: later.day,
    lookAt: morningAfter(day, timeZone),
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
