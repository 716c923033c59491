import type { DigestFacts } from '../../../src/features/digests/digest.ts';
import { type TicketSummary, ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { hour, noon } from '../../runs/rules/a-ticket.ts';

export const day = 24 * hour;

export const staff = [
  { id: 1750, name: 'Howard Enos' },
  { id: 1737, name: 'Winter Hale' },
  { id: 1760, name: 'Rob Keane' },
];

/** A ticket as a list shows it, told by its number. */
export const aSummary = (number: number, fields: Partial<TicketSummary> = {}): TicketSummary => ({
  id: ticketId(100_000_000 + number),
  number: ticketNumber(number),
  subject: 'Own cloud thing again',
  status: 'In Progress',
  priority: 'Normal',
  problemType: null,
  customerId: 9_001,
  customerName: 'Burger Barn',
  technicianId: 1750,
  createdAt: noon - 2 * day,
  updatedAt: noon - hour,
  dueAt: null,
  customerReplied: false,
  ...fields,
});

export const facts = (fields: Partial<DigestFacts> = {}): DigestFacts => ({
  tickets: [],
  partial: false,
  technicians: staff,
  timeZone: null,
  uninvoiced: { tickets: [], unread: 0 },
  ...fields,
});

const HOSTILE = '<!channel> & *Acme* 🖨️ مرحبا <https://evil.example|click> '.repeat(4);
const STATUSES = ['New', 'In Progress', 'Waiting on Customer', 'Waiting for Parts', 'Scheduled', 'Customer Reply'];

/** Many tickets of every kind, with names as long and hostile as Syncro takes them. */
export const manyTickets = (count: number): readonly TicketSummary[] =>
  Array.from({ length: count }, (_, i) =>
    aSummary(20_000 + i, {
      subject: HOSTILE,
      customerName: i % 3 === 0 ? HOSTILE : `Customer ${i}`,
      status: i % 50 === 0 ? `Odd status ${i} ${HOSTILE}` : (STATUSES[i % STATUSES.length] ?? 'New'),
      technicianId: i % 7 === 0 ? null : 2_000 + (i % 60),
      createdAt: noon - (i % 90) * day,
      updatedAt: noon - (i % 9) * day,
      dueAt: i % 4 === 0 ? noon + ((i % 5) - 2) * day : null,
      customerReplied: i % 11 === 0,
    }),
  );

export const manyTechnicians = Array.from({ length: 60 }, (_, i) => ({ id: 2_000 + i, name: `Tech${i} ${HOSTILE}` }));
