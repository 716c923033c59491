import { SAMPLE_TECHNICIANS } from '../outside.ts';
import type { Random } from '../simulation/random.ts';
import { iso } from '../syncro/fields.ts';
import type { ContractRow, CustomerRow, OverrideRow, ScheduleRow, TicketRow } from '../syncro/rows.ts';
import { sampleData } from '../syncro/sample-data.ts';
import type { SyncroState } from '../syncro/state.ts';
import { PRODUCTS } from './price-list.ts';

/** What there is to know of a customer before they are billed. */
export const KINDS = [
  'plain',
  'block',
  'block that runs out',
  'monthly',
  'plain',
  'contract covers',
  'contract prices',
  'monthly unflagged',
  'monthly fails',
  'monthly paused',
  'contract without a price',
  'block',
  'monthly takes none',
  'contracts disagree',
  'monthly paused midway',
  'weekly',
  'contract over',
  'plain',
  'contract leaves out',
  'monthly',
] as const;
export type Kind = (typeof KINDS)[number];

export type Customer = { readonly id: number; readonly name: string; readonly kind: Kind };

/** Where the account is, with its hours: from Mondays to Fridays, in minutes since midnight, by its clock. */
export type Place = {
  readonly timeZone: string;
  readonly offset: string;
  readonly offsetMs: number;
  readonly setting: string;
  readonly spans: ReadonlyArray<readonly [number, number]>;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const noon = '{ timezone: Europe/London, mon-fri: "08:00-12:00, 13:00-18:00" }';

/** The zones don't change their clocks in the month of the replay. */
export const PLACES: readonly Place[] = [
  {
    ...{ timeZone: 'America/Phoenix', offset: '-07:00', offsetMs: -7 * HOUR_MS },
    ...{ setting: 'account', spans: [[540, 1020]] },
  },
  {
    ...{ timeZone: 'London', offset: '+01:00', offsetMs: HOUR_MS },
    setting: noon,
    spans: [
      [480, 720],
      [780, 1080],
    ],
  },
  {
    ...{ timeZone: 'Asia/Kolkata', offset: '+05:30', offsetMs: 5.5 * HOUR_MS },
    ...{ setting: 'account', spans: [[540, 1020]] },
  },
];

/** Its words have the rules that the price list was worked out from. */
export const configOf = ({ setting }: Place): string => `syncro:
  subdomain: computerguru
technicians:
${SAMPLE_TECHNICIANS.map(
  ({ id, name, syncroUserId, login }) =>
    `  - { slack_user: ${id}, name: ${name}, syncro_user_id: ${syncroUserId}, role: ${login === 'winter' ? 'biller' : 'technician'}, key: { env: SYNCRO_KEY_${login.toUpperCase()} } }`,
).join('\n')}
labor:
  remote: { product_id: 1190473, minimum_minutes: 15, round_up_to_minutes: 15 }
  onsite: { product_id: 26118, minimum_minutes: 30, round_up_to_minutes: 6 }
  emergency: { product_id: 26184, after_hours: true, prepaid: { times: 1.5 } }
  emergency-remote: { product_id: 26184, after_hours: true, rate: { of: remote, times: 1.5 }, prepaid: { times: 1.5 } }
  project: { product_id: 9269129, debits_prepaid: false }
  website: { product_id: 68055, taxable: follow }
  internal: { product_id: 9269124 }
billing: { charged_status: Resolved, business_hours: ${setting} }
search: { local_index: false }
`;

const BLOCKS: Readonly<Partial<Record<Kind, string>>> = { block: '60.0', 'block that runs out': '4.0' };

const customerRow = (at: string, index: number): CustomerRow => ({
  ...{ id: 600 + index, firstname: 'Pat', lastname: `Lee ${index}`, business_name: `Customer ${index}` },
  ...{ email: `office${index}@customer.example`, phone: null, mobile: null, address: null, city: null, state: null },
  ...{ zip: null, notes: null, created_at: at, updated_at: at, disabled: false, no_email: false },
  ...{ prepay_hours: null, portal_key: `secret-portal-key-${index}` },
});

const override = (product: number, price: number | null, blacklisted = false): OverrideRow => ({
  ...{ product_id: product, blacklisted, price },
});

/** A contract's name begins with its kind, so that it can be told in a preview. */
const contractsOf = (kind: Kind, index: number): ReadonlyArray<Partial<ContractRow>> => {
  const named = (what: string, terms: Partial<ContractRow>) => ({ name: `${what} ${index}`, ...terms });
  const remoteAt = (price: number | null, blacklisted = false) => ({
    product_price_overrides: [override(PRODUCTS.remote, price, blacklisted)],
  });
  switch (kind) {
    case 'contract covers':
      return [named('Cover', { non_billable_product_ids: [PRODUCTS.remote] })];
    case 'contract prices':
      return [named('Gold', remoteAt(120))];
    case 'contract without a price':
      return [named('Vague', remoteAt(null))];
    case 'contract leaves out':
      return [named('Without', remoteAt(120, true))];
    case 'contract over':
      return [
        named('Former', { ...remoteAt(120), status: 'Expired' }),
        named('Offered', { ...remoteAt(99), status: 'Opportunity' }),
      ];
    case 'contracts disagree':
      return [named('Dear', remoteAt(135)), named('Gold', remoteAt(120))];
    default:
      return [];
  }
};

/** The day of the month on which each of them runs first; what fails has its day to itself. */
const RUNS: Readonly<Partial<Record<Kind, number>>> = {
  monthly: 15,
  'monthly unflagged': 9,
  'monthly fails': 13,
  'monthly paused': 20,
  'monthly takes none': 20,
  'monthly paused midway': 16,
  weekly: 7,
};

const scheduleOf = ({ id, kind }: Customer, index: number, today: string): readonly ScheduleRow[] => {
  const day = RUNS[kind];
  if (day === undefined) return [];
  // Every other monthly one is due at the end of the month; one whose day has passed is due in the next month.
  const isLate = index % KINDS.length === KINDS.lastIndexOf('monthly');
  const first = new Date(`${today.slice(0, 8)}${isLate ? 30 : String(day).padStart(2, '0')}`);
  if (iso(first.getTime()).slice(0, 10) < today) first.setUTCMonth(first.getUTCMonth() + 1);
  return [
    {
      ...{ id: 8_000 + index, customer_id: id, name: `Managed ${index}` },
      ...{ frequency: kind === 'weekly' ? 'Weekly' : 'Monthly', next_run: first.toISOString() },
      ...{ paused: kind === 'monthly paused', invoice_unbilled_ticket_charges: kind !== 'monthly takes none' },
      lines: [{ id: 9_000 + index, product_id: null, name: 'Managed workstation', quantity: 4, price: 65 }],
    },
  ];
};

export type Shop = { readonly state: SyncroState; readonly customers: readonly Customer[] };

/** So many customers, kind after kind, and nothing on their tickets yet. @param now on the first day */
export const openShop = (count: number, place: Place, now: number): Shop => {
  const state = sampleData(now, 'tiny');
  for (const rows of [state.tickets, state.comments, state.lines, state.timers, state.invoices, state.invoiceLines])
    rows.length = 0;
  state.contacts.length = 0;
  Object.assign(state.settings, { time_zone: place.timeZone, time_offset: place.offset });
  for (const product of state.products) product.taxable = product.id === PRODUCTS.website;
  const at = iso(now - 400 * DAY_MS);
  const customers = Array.from({ length: count }, (_, index): Customer => {
    const kind = KINDS[index % KINDS.length] ?? 'plain';
    return { id: 600 + index, name: `Customer ${index}`, kind };
  });
  state.customers = customers.map(({ kind }, index) => ({
    ...customerRow(at, index),
    prepay_hours: BLOCKS[kind] ?? null,
  }));
  const today = iso(now + place.offsetMs).slice(0, 10);
  state.schedules = customers.flatMap((customer, index) => scheduleOf(customer, index, today));
  state.contracts = customers.flatMap(({ id, kind }, index) =>
    contractsOf(kind, index).map(
      (terms, place): ContractRow => ({
        ...{
          id: 7_000 + 10 * index + place,
          customer_id: id,
          name: '',
          status: 'Active',
          start_date: null,
          end_date: null,
        },
        ...{ non_billable_product_ids: [], product_price_overrides: [], created_at: at, updated_at: at },
        ...terms,
      }),
    ),
  );
  return { state, customers };
};

/** Somebody called: a ticket that nobody has worked on. */
export const takeCall = ({ state }: Shop, { id, name }: Customer, now: number, random: Random): TicketRow => {
  const number = state.next.ticketNumber;
  state.next.ticketNumber += 1;
  state.next.ticketId += 1;
  const at = iso(now);
  const row: TicketRow = {
    ...{
      id: state.next.ticketId,
      number,
      subject: `${random.pick(['Printer', 'Laptop', 'Backup'])} of ${name}, call ${number}`,
    },
    ...{ created_at: at, updated_at: at, customer_id: id, contact_id: null, due_date: at, resolved_at: null },
    ...{ start_at: null, end_at: null, problem_type: 'Other', status: 'New', ticket_type_id: null, properties: {} },
    ...{ user_id: 1750, priority: '2 Normal', tag_list: [], customer_reply: false },
  };
  state.tickets.push(row);
  return row;
};
