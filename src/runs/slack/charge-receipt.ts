import { formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import type { Part } from '../../slack/blocks.ts';
import type { Followed } from '../ports.ts';
import type { Later, WhyNone } from '../rules/bill-plan.ts';
import { chargedLineOf } from '../rules/charge.ts';
import type { PlannedRun, Run } from '../rules/run.ts';
import { dayText, quantityAndName } from './words.ts';

const NAME_LENGTH = 60;

const quoted = (name: string): string => `"${shorten(name, NAME_LENGTH)}"`;

/** Why no recurring invoice takes what is charged: `"Monthly managed" is paused`. */
export const noneText = (why: WhyNone, name: string | null): string => {
  const which = name === null ? 'The recurring invoice' : quoted(name);
  switch (why) {
    case 'no_schedule':
      return 'This customer has no recurring invoice';
    case 'paused':
      return `${which} is paused`;
    case 'no_charges':
      return `${which} doesn't add ticket charges`;
    case 'no_day':
      return `${which} has no next date`;
    case 'unread':
      return "Recurring invoices can't be read";
  }
};

/** `"Monthly managed", Dec 1`. */
export const scheduleText = ({ name, day }: Later & { by: 'schedule' }): string => `${quoted(name)}, ${dayText(day)}`;

const laterOf = (run: Run): Later | null => (run.kind === 'bill' ? (run.plan.later ?? null) : null);

/** What Syncro made of it counts. */
const lineOf = (run: PlannedRun) => chargedLineOf(run) ?? run.plan.line;

export const chargedCents = (run: PlannedRun): number => lineOf(run)?.amountCents ?? 0;

/** `0.75 h remote, $112.50`. */
const workText = (run: PlannedRun): string => {
  const line = lineOf(run);
  const { prepaid } = run.plan;
  const block = prepaid === null ? '' : ' (from the block when invoiced, as far as it goes)';
  return line ? `${quantityAndName(line)}, ${formatMoney(line.amountCents)}${block}` : 'no line';
};

/** `0.75 h remote, $112.50 · goes on "Monthly managed", Dec 1`. */
export const chargedText = (run: PlannedRun): string => {
  const later = laterOf(run);
  return `${workText(run)} · ${later?.by === 'schedule' ? `goes on ${scheduleText(later)}` : 'on no invoice'}`;
};

/** `0.75 h remote, $112.50 · was to go on "Monthly managed", Dec 1`. */
export const lateText = (run: PlannedRun): string => {
  const later = laterOf(run);
  return `${workText(run)}${later?.by === 'schedule' ? ` · was to go on ${scheduleText(later)}` : ''}`;
};

/** Nobody else will make one. */
export const needsInvoice = (run: PlannedRun, followed: Followed | null): boolean =>
  followed === null ? laterOf(run)?.by !== 'schedule' : followed.state === 'late';

/** What became of the line, once the day of its invoice was over. */
export const followedParts = ({ state, at }: Followed): readonly Part[] => {
  switch (state) {
    case 'invoiced':
      // Since when, nobody knows: somebody may have invoiced it before that day.
      return ['✓ On an invoice, seen ', { date: at }, '.'];
    case 'late':
      return [{ bold: '! Still on no invoice' }, ', seen ', { date: at }, '.'];
    case 'gone':
      return ['The line is no longer on the ticket, seen ', { date: at }, '.'];
    case 'unchecked':
      return [{ bold: "! Couldn't check" }, ' whether it is on an invoice. Look in Syncro.'];
  }
};
