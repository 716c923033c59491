import type { Permissions, ProductRow, Settings, UserRow } from './rows.ts';

const all = { read: true, write: true, delete: true };

/** Everything allowed; a fresh object, so that a test may forbid one thing to one user. */
export const allPermissions = (): Permissions => ({
  asset: { ...all },
  customer: { ...all },
  ticket: { ...all },
  invoice: { ...all },
  payment: { ...all },
  worksheet: { add: true, manage: true, delete: true },
  script: { execute: true },
});

const user = (id: number, name: string, login: string, admin: boolean, color: string): UserRow => ({
  id,
  full_name: name,
  email: `${login}@msp.example`,
  created_at: '2019-11-04T14:54:51.081Z',
  group: admin ? 'Admins' : 'Technicians',
  admin,
  color,
  keys: [`sandbox-${login}`],
  user_token: `never-show-this-user-token-${id}`,
  permissions: allPermissions(),
});

export const sampleUsers = (): UserRow[] => [
  user(1750, 'Howard Enos', 'howard', false, '1e3e96'),
  user(1735, 'Michael Swanson', 'michael', true, '55b932'),
  user(1737, 'Winter Hale', 'winter', false, 'b93255'),
  user(1760, 'Rob Keane', 'rob', false, 'b98a32'),
];

const labor = (id: number, name: string, price: number): ProductRow => ({
  id,
  name,
  description: name,
  price_cost: 0,
  price_retail: price,
  taxable: false,
  product_category: 'Labor',
  upc_code: null,
  disabled: false,
});

export const sampleProducts = (): ProductRow[] => [
  labor(1190473, 'Labor - Remote Business', 150),
  labor(26118, 'Labor - Onsite Business', 175),
  labor(26184, 'Labor - Emergency or After Hours Business', 262.5),
  labor(9269129, 'Labor - Prepaid Project Labor', 150),
  labor(9269124, 'Labor - Internal Labor', 0),
  labor(26117, 'Fee - Travel Time', 50),
  labor(68055, 'Labor - Website Labor', 125),
];

export const sampleSettings = (): Settings => ({
  subdomain: 'computerguru',
  ticket_status_list: [
    'New',
    'In Progress',
    'Resolved',
    'Invoiced',
    'Waiting for Parts',
    'Waiting on Customer',
    'Scheduled',
    'Customer Reply',
  ],
  problem_types: ['Remote Break/Fix', 'Hardware', 'Software', 'Virus', 'Project Work', 'Other'],
  priorities: ['', '0 Urgent', '1 High', '2 Normal', '3 Low'],
  ticket_types: [{ id: 9101, name: 'Support' }],
  default_labor_product_id: 1190473,
  time_zone: 'America/Phoenix',
  time_offset: '-07:00',
  tax_rate: 0.087,
});
