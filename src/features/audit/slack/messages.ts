import type { AuditRow } from '../../../runs/ports.ts';
import { shorten } from '../../../shared/text.ts';
import { line, lines, note, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { KnownTicket, TicketNumber } from '../../../syncro/ticket.ts';

export const AUDIT_SHOWN = 30;

const WHAT: Readonly<Record<string, string>> = {
  comment: 'comment',
  line_item: 'labor line',
  line_item_update: 'line change',
  invoice: 'invoice',
  ticket: 'new ticket',
  ticket_update: 'ticket change',
  line_item_remove: 'line removal',
  invoice_delete: 'invoice deletion',
  invoice_draft: 'invoice back to a draft',
  ticket_delete: 'ticket deletion',
  customer: 'new customer',
  timer: 'time entry',
  timer_update: 'time entry change',
  timer_charge: 'time entry charge',
  timer_delete: 'time entry deletion',
  timer_billable: 'decision that a time entry is (not) billable',
};

const OUTCOME: Readonly<Record<string, string>> = {
  confirmed: '✓ confirmed by Syncro',
  found: '✓ found in Syncro',
  on_word: "! a person said it's there",
  refused: '✗ refused, nothing happened',
  unknown: '! sent, no answer',
  stopped: '! stopped, outcome unknown',
};

/** What it made, where it has a page; the changed ticket stands above. */
const record = (what: string, id: AuditRow['recordId'], links: Links): readonly Part[] => {
  if (id === null || what === 'ticket_update') return [];
  return what === 'invoice' ? [' ', { link: links.invoice(Number(id)), text: String(id) }] : [` ${id}`];
};

const NOTE_LENGTH = 300;

const row = (of: AuditRow, links: Links): readonly Part[] => {
  const { at, technician, syncroUser, what, outcome, recordId, ref } = of;
  const [kind = what, ...words] = what.split(': ');
  const said = words.join(': ');
  return [
    { date: at },
    ` · ${shorten(technician, 60)}${syncroUser === technician ? '' : ` (in Syncro as ${shorten(syncroUser, 60)})`}`,
    ` · ${WHAT[kind] ?? kind}`,
    ...record(kind, recordId, links),
    ...(said ? [` (${shorten(said, NOTE_LENGTH)})`] : []),
    ` · ${OUTCOME[outcome] ?? outcome} · ref ${ref}`,
  ];
};

/** What went to Syncro from here about one ticket, newest first. @param rows one more than are shown, if there are */
export const auditMessage = (
  number: TicketNumber,
  rows: readonly AuditRow[],
  known: KnownTicket | null,
  links: Links,
): Reply => {
  const title = `Audit of #${number}`;
  if (rows.length === 0) {
    const text = `Nothing about #${number} was sent to Syncro from Slack. Work done in Syncro itself isn't listed here.`;
    return reply(text, [line(text)]);
  }
  const shown = rows.slice(0, AUDIT_SHOWN);
  const name: Part = known ? { link: links.ticket(known.id), text: `#${number}` } : `#${number}`;
  return reply(`${title}: ${shown.length} entries`, [
    line({ bold: 'Audit of ' }, name, known ? ` ${shorten(known.subject, 200)}` : ''),
    lines(...shown.map((each) => row(each, links))),
    ...(rows.length > shown.length ? [note(`The newest ${AUDIT_SHOWN}; all of them: syncro-slack audit --csv`)] : []),
  ]);
};
