import type { AuditRow } from '../../runs/ports.ts';
import type { Asked } from '../../slack/asked.ts';
import { command, type Feature, type Rows, withUse } from '../../slack/feature.ts';
import { sayWhenReady } from '../../slack/say.ts';
import type { TicketNumber } from '../../syncro/ticket.ts';
import type { TicketForms } from '../tickets/ports.ts';
import { numberBehind, ticketOnly } from '../tickets/slack/on-ticket.ts';
import { AUDIT_SHOWN, auditMessage } from './slack/messages.ts';

type AuditUse = Pick<TicketForms, 'remembered' | 'numberOfPage'> & {
  /** Newest first. */
  readonly auditOf: (number: TicketNumber, limit: number) => Promise<readonly AuditRow[]>;
};

/** Says who did what on this ticket from Slack. */
export const auditRows: Rows<AuditUse> = {
  commands: [
    command({
      name: 'audit',
      usage: 'audit <number>',
      does: 'who did what on this ticket from Slack, and how it ended',
      example: 'audit 32164',
      parse: ticketOnly('audit 32164'),
      run: (asked: Asked<AuditUse>, { ticket }) =>
        sayWhenReady(asked.say, 'Reading the audit', async () => {
          const { use, deps } = asked;
          const number = await numberBehind(asked, ticket);
          const rows = await use.auditOf(number, AUDIT_SHOWN + 1);
          return auditMessage(number, rows, await use.remembered(number), deps.links);
        }),
    }),
  ],
};

export const createAudit = (use: AuditUse): Feature => ({ rows: withUse(use, auditRows) });
