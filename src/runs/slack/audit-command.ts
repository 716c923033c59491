import { numberBehind } from '../../features/tickets/slack/on-ticket.ts';
import type { Handler } from '../../slack/asked.ts';
import { sayWhenReady } from '../../slack/say.ts';
import { AUDIT_SHOWN, auditMessage } from './audit.ts';

export const audit: Handler<'audit'> = (asked, { ticket }) =>
  sayWhenReady(asked.say, 'Reading the audit', async () => {
    const { use, links } = asked.deps;
    const number = await numberBehind(asked, ticket);
    return auditMessage(number, await use.auditOf(number, AUDIT_SHOWN + 1), await use.remembered(number), links);
  });
