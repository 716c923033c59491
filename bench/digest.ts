import type { SyncroState } from '../sandbox/syncro/state.ts';
import { ask, quiet } from './drive.ts';
import { residentMb, watchMemory } from './memory.ts';
import { atMost, type Bench, type Row, told } from './row.ts';
import { startShop, UNLIMITED } from './shop.ts';

const SIZES = [100, 1_000, 10_000];
const ROWS_PER_PAGE = 50;
/** The account's two lists of settings, and what was resolved. */
const BESIDE_PAGES = 3;
const MOST_MB = 60;

/** So many open tickets, and nothing that was resolved without an invoice. */
const openTickets =
  (count: number) =>
  (state: SyncroState): void => {
    const [pattern] = state.tickets;
    if (!pattern) throw new Error('the sample data have no ticket');
    const statuses = ['New', 'In Progress', 'Waiting on Customer', 'Scheduled'];
    state.tickets = Array.from({ length: count }, (_, n) => ({
      ...pattern,
      id: 200_000_000 + n,
      number: 40_000 + n,
      subject: `Ticket ${n} of many, with a subject as long as they are`,
      status: statuses[n % statuses.length] ?? 'New',
      customer_id: state.customers[n % state.customers.length]?.id ?? pattern.customer_id,
    }));
    state.comments = [];
    state.lines = [];
    state.invoices = [];
    state.invoiceLines = [];
  };

type Made = { readonly requests: number; readonly ms: number; readonly idleMb: number; readonly peakMb: number };

/** In a process of its own: what an earlier digest left in memory would hide what this one takes. */
const makeDigest = async (count: number): Promise<Made> => {
  const shop = await startShop({ syncro: { requestsPerMinute: 0 }, change: openTickets(count) });
  try {
    const app = await shop.launch(UNLIMITED);
    const person = shop.slack.person(shop.people[0] ?? '');
    await ask(person, 'help', /bill/);
    await quiet(shop, 1_000);
    const pid = app.child.pid ?? 0;
    const before = shop.syncro.requests.length;
    const idleMb = residentMb(pid);
    const peak = watchMemory(pid);
    const began = performance.now();
    await ask(person, 'digest preview', /^Open tickets · /);
    const ms = performance.now() - began;
    return { requests: shop.syncro.requests.length - before, ms, idleMb, peakMb: peak() };
  } finally {
    await shop.close();
  }
};

export const digest: Bench = {
  name: 'digest',
  about: 'a digest over 100, 1,000 and 10,000 open tickets, Syncro’s limit aside',
  measure: async ({ quick, say }) => {
    const rows: Row[] = [];
    const details: Record<number, Made> = {};
    for (const count of quick ? SIZES.slice(0, 1) : SIZES) {
      const made = await makeDigest(count);
      details[count] = made;
      say(
        `${count}: ${made.requests} requests, ${Math.round(made.ms)} ms, ${Math.round(made.peakMb - made.idleMb)} MB above idle`,
      );
      const row = { bench: 'digest', what: `${count} open tickets` };
      const pages = Math.ceil(count / ROWS_PER_PAGE);
      rows.push(
        atMost(pages + BESIDE_PAGES, { ...row, unit: 'requests', ours: made.requests, floor: pages }),
        told({ ...row, unit: 'ms', ours: made.ms }),
        atMost(MOST_MB, { ...row, unit: 'MB', ours: made.peakMb - made.idleMb, note: 'above idle' }),
      );
    }
    return { rows, details };
  },
};
