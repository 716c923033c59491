import { openSqlite } from '../../../src/database/sqlite.ts';
import { createIdentity } from '../../../src/features/keys/identity.ts';
import { createTicketMemory } from '../../../src/features/tickets/store/ticket-memory.ts';
import type { Timer } from '../../../src/features/time/ports.ts';
import { createTimers } from '../../../src/features/time/store/timers.ts';
import { createOpenedForms } from '../../../src/runs/opened-forms.ts';
import { createForms } from '../../../src/runs/store/forms.ts';
import { createRuns } from '../../../src/runs/store/runs.ts';
import type { Technician } from '../../../src/shared/technician.ts';
import { createAccountLists } from '../../../src/syncro/account-lists.ts';
import type { Invoice } from '../../../src/syncro/invoice.ts';
import type { SyncroReads } from '../../../src/syncro/ports.ts';
import type { Ticket } from '../../../src/syncro/ticket.ts';
import { aTicket, howard, mike } from '../../runs/rules/a-ticket.ts';
import { aManualClock, everybodyMay, someKeys } from '../../syncro/scripted-syncro.ts';

const STATUSES = ['New', 'In Progress', 'Resolved', 'Invoiced', 'Waiting for Parts', 'Waiting on Customer'];

const pageOf = <T>(rows: readonly T[]) => ({ rows, page: 1, totalPages: 1 });

/** What the use cases about one ticket need: the real store in memory, and a Syncro that holds one ticket. */
export const aTicketDesk = async () => {
  const db = await openSqlite(':memory:');
  const [forms, runs, clock] = [createForms(db), createRuns(db), aManualClock()];
  const account: { ticket: Ticket; invoices: Invoice[]; statuses: string[]; timers: Timer[] } = {
    ticket: aTicket(),
    invoices: [],
    statuses: STATUSES,
    timers: [],
  };
  const technicians = [howard, mike].map(({ syncroUserId, name }) => ({ id: syncroUserId, name }));
  const answers: Partial<SyncroReads> = {
    findTicket: (_caller, number) => Promise.resolve(number === account.ticket.number ? account.ticket : null),
    ticket: () => Promise.resolve(account.ticket),
    invoices: () => Promise.resolve(pageOf(account.invoices)),
    invoice: (_caller, id) => {
      const found = account.invoices.find((invoice) => invoice.id === id);
      return found ? Promise.resolve(found) : Promise.reject(new Error(`no invoice ${id}`));
    },
    me: ({ key }) => {
      const who = key.reveal() === 'mikes-key' ? mike : howard;
      return Promise.resolve({ userId: who.syncroUserId, name: who.name, email: null, subdomain: null });
    },
    ticketSettings: () => Promise.resolve({ statuses: account.statuses, technicians, defaultLaborProductId: null }),
    settings: () =>
      Promise.resolve({
        priorities: ['1 High', 'Normal'],
        problemTypes: [],
        timeZone: 'America/Phoenix',
        currencySymbol: null,
        businessHours: null,
      }),
  };
  const reads = new Proxy({} as SyncroReads, {
    get: (_target, name: keyof SyncroReads) =>
      answers[name] ?? (() => Promise.reject(new Error(`asked for ${String(name)}`))),
  });
  let made = 0;
  const ids = {
    id: () => {
      made += 1;
      return `id-${made}`;
    },
    ref: () => 'K7Q2MX',
  };
  const keys = someKeys({ [howard.slackUser]: 'howards-key', [mike.slackUser]: 'mikes-key' });
  const deps = {
    reads,
    memory: createTicketMemory(db),
    identity: createIdentity({ reads, keys, clock, sharedWrites: false }),
    opened: createOpenedForms({ forms, runs, timers: createTimers(db), clock, ids }),
    lists: createAccountLists(reads, clock),
    starting: { runs, timers: createTimers(db), standing: everybodyMay, clock, ids, nudge: () => {} },
    timers: ({ slackUser }: Technician) =>
      Promise.resolve(
        account.timers
          .filter(({ technician }) => technician === slackUser)
          .map((timer) => ({ timer, minutes: 42, state: 'running' as const, unsure: null })),
      ),
    invoiceStatus: 'Invoiced',
    closeAs: 'resolved',
  };
  /** Everything in the journal. */
  const stored = async () => (await db.selectFrom('runs').select('id').execute()).length;
  /** The run ends as a worker would end it. */
  const finish = async (state: 'done' | 'stopped'): Promise<void> => {
    const claimed = await runs.claim('a worker', clock.now(), 60_000);
    if (!claimed) throw new Error('nothing to work on');
    await runs.save(claimed.lease, { ...claimed.run, state, finishedAt: clock.now() });
    await runs.release(claimed.lease);
  };
  return { account, deps, clock, forms, runs, stored, finish };
};
