import type { Handler } from '../asked.ts';
import { AUDIT_SHOWN, auditMessage } from '../messages/audit.ts';
import { sayWhenReady } from '../say.ts';
import { numberBehind } from './on-ticket.ts';

export const audit: Handler<'audit'> = (asked, { ticket }) =>
  sayWhenReady(asked.say, 'Reading the audit', async () => {
    const { use, links } = asked.deps;
    const number = await numberBehind(asked, ticket);
    return auditMessage(number, await use.auditOf(number, AUDIT_SHOWN + 1), await use.remembered(number), links);
  });
