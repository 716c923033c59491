import { allPermissions } from '../syncro/sample-account.ts';
import { sampleData } from '../syncro/sample-data.ts';
import { tell } from '../syncro/sample-tickets.ts';
import type { SyncroState } from '../syncro/state.ts';

export type Colleague = { readonly id: string; readonly name: string; readonly syncroUserId: number };

const FIRST_TICKET = 50_000;

/** A shop of so many technicians: what Slack, Syncro and the settings know of them, and tickets to bill. */
export const openShop = (technicians: number, tickets: number) => {
  const now = Date.now();
  const colleagues = Array.from({ length: technicians }, (_, i): Colleague => {
    const number = String(i + 1).padStart(3, '0');
    return { id: `U0SOAK${number}`, name: `Tech ${number}`, syncroUserId: 3_000 + i };
  });
  const state: SyncroState = sampleData(now, 'full');
  for (const { id, name, syncroUserId } of colleagues)
    state.users.push({
      id: syncroUserId,
      full_name: name,
      email: `${id.toLowerCase()}@msp.example`,
      created_at: '2019-11-04T14:54:51.081Z',
      group: 'Technicians',
      admin: false,
      color: '1e3e96',
      keys: [`soak-key-${id}`],
      user_token: `never-show-this-user-token-${syncroUserId}`,
      permissions: allPermissions(),
    });
  const customers = state.customers.slice(11).map(({ id }) => id);
  for (let i = 0; i < tickets; i++)
    tell(
      state,
      {
        number: FIRST_TICKET + i,
        customerId: customers[i % customers.length] ?? 0,
        subject: `Soak ${i}: printer jams`,
        status: 'New',
        userId: colleagues[i % colleagues.length]?.syncroUserId ?? null,
        priority: '2 Normal',
        createdDaysAgo: 1,
        dueInDays: undefined,
        said: [],
        charged: [],
      },
      now,
    );
  /** Two digests, which are due in the first minutes: by the clock of the real world. */
  const dueIn = (minutes: number): string => new Date(now + minutes * 60_000).toISOString().slice(11, 16);
  const config = [
    'syncro: { subdomain: computerguru, timeout_seconds: 20, settle_seconds: 30 }',
    'technicians:',
    ...colleagues.map(
      ({ id, name, syncroUserId }, i) =>
        `  - { slack_user: ${id}, name: ${name}, syncro_user_id: ${syncroUserId}, role: ${i === 0 ? 'admin' : 'technician'}, key: { env: KEY_${id} } }`,
    ),
    'labor: { remote: { product_id: 1190473 }, onsite: { product_id: 26118 } }',
    'digests:',
    `  - { channel: C0GENERAL, at: "${dueIn(1)}", timezone: UTC, days: daily }`,
    `  - { channel: C0SOAK, at: "${dueIn(2)}", timezone: UTC, days: daily }`,
  ].join('\n');
  return {
    colleagues,
    state,
    config,
    keys: Object.fromEntries(colleagues.map(({ id }) => [`KEY_${id}`, `soak-key-${id}`])),
    numbers: Array.from({ length: tickets }, (_, i) => FIRST_TICKET + i),
  };
};

export type Shop = ReturnType<typeof openShop>;
