import type { Story } from './sample-story.ts';

/** mulberry32: the same account on every run. */
const createRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const subjects = [
  'Outlook asks for the password',
  'No sound in meetings',
  'Monitor flickers',
  'Add a user',
  'Remove a user',
  'Wi-Fi is slow upstairs',
  'Shared drive is full',
  'Update the firewall',
  'Phone does not ring',
  'License renewal',
];

const statuses = [
  'New',
  'In Progress',
  'Waiting on Customer',
  'Waiting on Customer',
  'Waiting for Parts',
  'Scheduled',
  'Resolved',
  'Invoiced',
  'Invoiced',
];

const firstNumber = 32047;
const lastNumber = 32166;

/** Everyday tickets for every number that no named story has: 120 in all. */
export const fillerStories = (named: readonly Story[], customerIds: readonly number[]): Story[] => {
  const random = createRandom(32164);
  const pick = <T>(list: readonly T[], otherwise: T): T => list[Math.floor(random() * list.length)] ?? otherwise;
  const taken = new Set(named.map((story) => story.number));
  const numbers = Array.from({ length: lastNumber - firstNumber + 1 }, (_, index) => firstNumber + index);
  return numbers
    .filter((number) => !taken.has(number))
    .map((number) => {
      const status = pick(statuses, 'New');
      const createdDaysAgo = Math.round((lastNumber - number) * 0.5 * 10) / 10 + 1;
      const isDone = status === 'Resolved' || status === 'Invoiced';
      const hours = pick([0.25, 0.5, 0.75, 1, 2], 1);
      const work = { daysAgo: createdDaysAgo / 2, productId: 1190473, hours, description: 'Remote work' };
      return {
        number,
        customerId: pick(customerIds, 0),
        subject: pick(subjects, ''),
        status,
        userId: random() < 0.08 ? null : pick([1750, 1735, 1737, 1760], 1750),
        priority: pick(['0 Urgent', '1 High', '2 Normal', '2 Normal', '3 Low'], '2 Normal'),
        createdDaysAgo,
        dueInDays: isDone ? undefined : Math.round(random() * 20 - 2),
        said: [
          { daysAgo: createdDaysAgo, subject: 'Initial Issue', body: 'Please have a look.', customer: true },
          { daysAgo: createdDaysAgo / 2, subject: 'Update', body: 'On it.', hidden: random() < 0.3 },
        ],
        // Resolved tickets without an invoice stay the two named ones, which the digest counts.
        charged: status === 'Invoiced' ? [{ ...work, invoice: String(69_800 + number - firstNumber) }] : [],
      };
    });
};
