import type { ContactRow, CustomerRow } from './rows.ts';

/** Ids that the named tickets refer to. */
export const customerIds = {
  jerry: 33401001,
  leeAnn: 33401002,
  lens: 33401003,
  acmeWest: 33401004,
  acmeEast: 33401005,
  prepaid: 33401006,
  smithTucson: 33401007,
  smithPhoenix: 33401008,
  hostile: 33401009,
  rightToLeft: 33401010,
  emoji: 33401011,
} as const;

type Named = Partial<CustomerRow> & { readonly id: number };

const customer = (at: string, row: Named): CustomerRow => ({
  firstname: '',
  lastname: '',
  business_name: null,
  email: `office@c${row.id % 1000}.example`,
  phone: `5205550${String(row.id % 1000).padStart(3, '0')}`,
  mobile: null,
  address: null,
  city: 'Tucson',
  state: 'AZ',
  zip: '85701',
  notes: null,
  created_at: at,
  updated_at: at,
  disabled: false,
  no_email: false,
  prepay_hours: null,
  portal_key: `secret-portal-key-${row.id}`,
  ...row,
});

const named = (at: string): CustomerRow[] =>
  [
    { id: customerIds.jerry, firstname: 'Jerry', lastname: 'Burger', email: 'jerry@customer.example' },
    { id: customerIds.leeAnn, firstname: 'LeeAnn', lastname: 'Parkinson', email: 'leeann@customer.example' },
    { id: customerIds.lens, firstname: 'Len', lastname: 'Ortiz', business_name: "Len's Auto Brokerage" },
    { id: customerIds.acmeWest, firstname: 'Wilma', lastname: 'Reyes', business_name: 'Acme West' },
    { id: customerIds.acmeEast, firstname: 'Eddie', lastname: 'Marsh', business_name: 'Acme East' },
    {
      id: customerIds.prepaid,
      firstname: 'Dana',
      lastname: 'Frost',
      business_name: 'Desert Dental',
      prepay_hours: '6.5',
    },
    { id: customerIds.smithTucson, firstname: 'John', lastname: 'Smith', city: 'Tucson' },
    { id: customerIds.smithPhoenix, firstname: 'John', lastname: 'Smith', city: 'Phoenix' },
    {
      id: customerIds.hostile,
      business_name: '<!channel> & *Sons* <https://evil.example|click>',
      firstname: 'Mallory',
    },
    { id: customerIds.rightToLeft, business_name: 'شركة النور للتجارة', firstname: 'نور' },
    { id: customerIds.emoji, business_name: '🌵 Cactus & Co 🚀', firstname: 'Kai' },
  ].map((row) => customer(at, row));

const first = ['Copper', 'Saguaro', 'Mesa', 'Rincon', 'Sunset', 'Palo Verde', 'Catalina', 'Ocotillo', 'Gila', 'Agave'];
const second = ['Realty', 'Law Group', 'Roofing'];

/** What is left of a block in hours; every eighth customer has one. */
const blocks = ['12.0', '3.25', '0.5', '20.0'];

/** 29 more, for pages and look-alikes. */
const plain = (at: string): CustomerRow[] =>
  Array.from({ length: 29 }, (_, index) =>
    customer(at, {
      id: 33402000 + index,
      business_name: `${first[index % 10]} ${second[Math.floor(index / 10)]}`,
      firstname: 'Pat',
      lastname: `Lee ${index + 1}`,
      prepay_hours: index % 8 === 3 ? (blocks[Math.floor(index / 8)] ?? null) : null,
    }),
  );

/** 40 customers, or the eleven named ones. @param at creation time, ISO */
export const sampleCustomers = (at: string, onlyNamed: boolean): CustomerRow[] =>
  onlyNamed ? named(at) : [...named(at), ...plain(at)];

const contact = (at: string, id: number, customerId: number, name: string, email: string): ContactRow => ({
  id,
  customer_id: customerId,
  name,
  email,
  phone: '5205550199',
  mobile: null,
  address1: null,
  address2: null,
  city: null,
  state: null,
  zip: null,
  notes: null,
  created_at: at,
  updated_at: at,
});

/** Jerry Burger has none, on purpose. */
export const sampleContacts = (at: string): ContactRow[] => [
  contact(at, 7710001, customerIds.leeAnn, 'Jim Parkinson', 'jim@customer.example'),
  contact(at, 7710002, customerIds.acmeWest, 'Wilma Reyes', 'wilma@acme-west.example'),
  contact(at, 7710003, customerIds.acmeWest, 'Front Desk', 'desk@acme-west.example'),
  contact(at, 7710004, customerIds.prepaid, 'Dana Frost', 'dana@desert-dental.example'),
];
