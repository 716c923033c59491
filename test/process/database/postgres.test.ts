import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { openPostgres } from '../../../src/database/postgres.ts';
import type { Database } from '../../../src/database/schema.ts';
import { createTicketMemory } from '../../../src/features/tickets/store/ticket-memory.ts';
import type { KnownTicket } from '../../../src/syncro/ticket.ts';
import { ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import type { NewStore } from '../../database/contract.ts';
import { lastTimesContract } from '../../database/last-times-contract.ts';
import { leaseContract } from '../../database/lease-contract.ts';
import { pruningsContract } from '../../database/prunings-contract.ts';
import { restoresContract } from '../../database/restores-contract.ts';
import { customersContract } from '../../features/customers/store/customers-contract.ts';
import { digestsContract } from '../../features/digests/store/digests-contract.ts';
import { connectedKeysContract } from '../../features/keys/store/connected-keys-contract.ts';
import { keyTroublesContract } from '../../features/keys/store/key-troubles-contract.ts';
import { promisesContract } from '../../features/later/store/promises-contract.ts';
import { notificationsContract } from '../../features/replies/store/notifications-contract.ts';
import { searchContract } from '../../features/search/store/search-contract.ts';
import { settledContract } from '../../features/tickets/store/settled-contract.ts';
import { timersContract } from '../../features/time/store/timers-contract.ts';
import { holdStill } from '../../held-time.ts';
import { standingsContract } from '../../metrics/standings-contract.ts';
import { auditContract } from '../../runs/store/audit-contract.ts';
import { formsContract, ticketMemoryContract } from '../../runs/store/forms-contract.ts';
import { journalContract } from '../../runs/store/journal-contract.ts';
import { silentLog } from '../../silent-log.ts';
import { deliveriesContract } from '../../slack/deliveries-contract.ts';
import { budgetContract } from '../../syncro/store/budget-contract.ts';
import { newDatabase, type TestDatabase } from '../postgres/new-database.ts';

const open = (url: string): Promise<Kysely<Database>> => openPostgres(url, { log: silentLog });

let database: TestDatabase | null = null;
/** Kept from test to test: making a database takes longer than emptying one. */
const pools: Kysely<Database>[] = [];
// A connection or an answer is late when a test says so, not when this machine is.
beforeAll(() => holdStill(['setTimeout', 'clearTimeout']));
afterAll(async () => {
  await Promise.all(pools.map((db) => db.destroy()));
  await database?.drop();
  jest.useRealTimers();
});

/** The file's own database, emptied; each opening has connections of its own, as each process has. */
const emptied: NewStore = async () => {
  database ??= await newDatabase();
  const { url } = database;
  pools[0] ??= await open(url);
  // A tenth of what "truncate" takes, which gives every table and index a new file.
  await sql`do $$ declare each text; begin
    set local session_replication_role = replica;
    for each in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%' loop
      execute format('delete from %I', each);
    end loop;
  end $$`.execute(pools[0]);
  let opened = 0;
  return {
    open: async () => {
      const db = pools[opened] ?? (await open(url));
      pools[opened] = db;
      opened += 1;
      return db;
    },
    drop: () => Promise.resolve(),
  };
};

/** A database beside the file's own. */
const beside: NewStore = async () => {
  const other = await newDatabase();
  const opened: Kysely<Database>[] = [];
  return {
    open: async () => {
      const db = await open(other.url);
      opened.push(db);
      return db;
    },
    drop: async () => {
      await Promise.all(opened.map((db) => db.destroy()));
      await other.drop();
    },
  };
};

describe('Postgres', () => {
  journalContract(emptied);
  leaseContract(emptied);
  formsContract(emptied);
  ticketMemoryContract(emptied);
  budgetContract(emptied);
  searchContract(emptied);
  settledContract(emptied);
  auditContract(emptied);
  digestsContract(emptied);
  customersContract(emptied, beside);
  timersContract(emptied);
  restoresContract(emptied);
  pruningsContract(emptied);
  notificationsContract(emptied);
  promisesContract(emptied);
  deliveriesContract(emptied);
  standingsContract(emptied);
  connectedKeysContract(emptied);
  keyTroublesContract(emptied);
  lastTimesContract(emptied);

  test('writes nothing of a ticket that is known as it is', async () => {
    const db = await (await emptied()).open();
    const memory = createTicketMemory(db);
    const [id, number] = [ticketId(1), ticketNumber(32_164)];
    const known: KnownTicket = { id, number, subject: 'Printer', customerId: 1, customerName: 'Acme' };
    /** Which transaction wrote the row. */
    const writer = async () => (await sql`select xmin::text from ticket_numbers`.execute(db)).rows;
    await memory.remember(known);
    const first = await writer();
    await memory.remember(known);
    await memory.rememberAll([known]);
    expect(await writer()).toEqual(first);
    for (const change of [{ subject: 'Other' }, { customerId: 9 }, { customerName: 'Other' }, { id: ticketId(9) }]) {
      await memory.remember({ ...known, ...change });
      expect(await memory.recall(known.number)).toEqual({ ...known, ...change });
    }
  });
});
