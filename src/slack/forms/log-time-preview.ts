import type { KnownBlock, ModalView } from '@slack/types';
import type { TimePreview } from '../../app/prepare-time.ts';
import { shorten } from '../../domain/text.ts';
import type { TimePlan } from '../../domain/time-plan.ts';
import type { Work } from '../../domain/work.ts';
import { line, lines, type Part, quote } from '../blocks.ts';
import { authorText, calculation, roundedHours, warningText } from '../messages/bill-words.ts';
import { backButton } from './problem.ts';

export const LOG_TIME_PREVIEW = 'log-time-preview';
export const LOG_TIME_BACK = 'log-time:back';
export const CHECK_LOG = 'Check and log';

const base = (formId: string) => ({
  type: 'modal' as const,
  callback_id: LOG_TIME_PREVIEW,
  private_metadata: JSON.stringify({ formId }),
  title: { type: 'plain_text' as const, text: CHECK_LOG },
  close: { type: 'plain_text' as const, text: 'Cancel' },
});

/** Shown at once while the facts are read. */
export const loadingLogTime = (formId: string): ModalView => ({
  ...base(formId),
  blocks: [line('⏳ Reading the ticket and the live rate from Syncro …')],
});

const chargeRows = ({ plan, labor }: TimePreview): ReadonlyArray<readonly Part[]> => {
  const { line: charged, minutes, startedAt, endedAt, warnings } = plan;
  const taxed = warnings.some(({ kind }) => kind === 'taxed_product') ? '' : ' · not taxed';
  return [
    [{ bold: charged.name }],
    [`${calculation(charged)}${taxed}${roundedHours(minutes, charged)}`],
    ['Time entry from ', { date: startedAt }, ' to ', { date: endedAt }, ', then charged'],
    ...(labor.note ? [[labor.note] as const] : []),
    ['Nothing is invoiced now: the next bill of this ticket takes the line along.'],
  ];
};

const warningBlocks = ({ ticket }: Work, { warnings }: TimePlan): readonly KnownBlock[] => {
  const { number } = ticket;
  if (warnings.length === 0 || number === null) return [];
  return [
    lines(
      ...warnings.map((warning): readonly Part[] => [{ bold: '! ' }, warningText({ ticketNumber: number }, warning)]),
    ),
  ];
};

/** The entry and the line that its charge will leave, with live facts, before anything is sent. */
export const logTimePreviewView = (formId: string, preview: TimePreview): ModalView => {
  const { work, plan, author } = preview;
  return {
    ...base(formId),
    submit: { type: 'plain_text', text: 'Log it' },
    blocks: [
      lines(
        [{ bold: `#${work.ticket.number} ${shorten(work.ticket.subject, 300)}` }],
        [shorten(work.ticket.customerName, 200)],
      ),
      lines(...chargeRows(preview)),
      line({ bold: 'Notes' }, ', also on the line. The customer reads this on the invoice.'),
      quote(plan.line.description),
      line(authorText(author)),
      ...warningBlocks(work, plan),
      backButton(LOG_TIME_BACK),
    ],
  };
};
