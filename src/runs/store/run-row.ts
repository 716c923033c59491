import type { KnownTicket } from '../../syncro/ticket.ts';
import { hasPlan, type Purpose } from '../rules/purpose.ts';
import type { Run } from '../rules/run.ts';

export const UNFINISHED = ['open', 'asking'];

/** Where earlier versions, which may run beside this one, look for the ticket of a bill: in its plan. */
const inPlan = ({ id, number, subject, customerId, customerName }: KnownTicket) => ({
  ticketId: id,
  ticketNumber: number,
  subject,
  customerId,
  customerName,
});

/** As every version reads it: where nothing is invoiced, the plan is `null`. */
export const toStored = (work: Purpose): object => ({
  ...work,
  plan: hasPlan(work) ? { ...inPlan(work.ticket), ...work.plan } : null,
});

/** What was stored by this version or an earlier one. */
export const fromStored = <Kept extends Purpose>(stored: Purpose & { readonly plan?: object | null }): Kept => {
  const { plan, ...work } = stored;
  if (!hasPlan(stored)) return work as Kept;
  const names = Object.keys(inPlan(stored.ticket));
  const own = Object.entries(plan ?? {}).filter(([name]) => !names.includes(name));
  return { ...work, plan: Object.fromEntries(own) } as unknown as Kept;
};

/** Only the stores write this column: what comes back is what went in. */
export const toRun = ({ body }: { readonly body: string }): Run => fromStored(JSON.parse(body));

export const bodyOf = (run: Run): string => JSON.stringify(toStored(run));
