import type { Handler } from '../asked.ts';
import { AUDIT_SHOWN, auditMessage } from '../messages/audit.ts';
import { sayWhenReady } from '../say.ts';

export const audit: Handler<'audit'> = ({ deps, say }, { number }) =>
  sayWhenReady(say, 'Reading the audit', async () =>
    auditMessage(
      number,
      await deps.use.auditOf(number, AUDIT_SHOWN + 1),
      await deps.use.remembered(number),
      deps.links,
    ),
  );
