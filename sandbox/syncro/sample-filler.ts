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

/** What it is called, what the customer wrote, and what was answered; some of it in HTML, as Syncro's editor makes it. */
const matters = [
  [
    'Outlook asks for the password',
    'Outlook asks for my password every five minutes since Monday.',
    'Removed the stored password, signed in again.',
  ],
  [
    'No sound in meetings',
    'Nobody hears me in meetings, music plays fine.',
    '<p>Set the <b>headset</b> as the input device.</p><p>Works in a test call.</p>',
  ],
  [
    'Monitor flickers',
    'The left screen goes black for a second, again and again.',
    'Swapped the cable; ordered a new one.',
  ],
  [
    'Add a user',
    '<div>Please add <b>Maria Lopez</b>, she starts on Monday.<br>Same rights as Pat.</div>',
    'Account and mailbox are there, password sent to Pat.',
  ],
  [
    'Remove a user',
    'Tom left us. Please close his account and keep his mail.',
    '<ul><li>Account blocked</li><li>Mailbox turned into a shared one</li></ul>',
  ],
  [
    'Wi-Fi is slow upstairs',
    'Upstairs the Wi-Fi crawls in the afternoon.',
    'Moved the access point to channel 11 &amp; measured: 180 Mbit/s.',
  ],
  ['Shared drive is full', 'I can not save to S: any more.', 'Freed 40 GB of old scans, asked about a bigger disk.'],
  ['Update the firewall', 'You wrote that the firewall needs an update.', 'Planned for tonight after 20:00.'],
  [
    'Phone does not ring',
    'My desk phone shows calls but does not ring.',
    'Ringer was muted by an update; turned on again.',
  ],
  ['License renewal', 'The license for the drawing program ends this month.', 'Quote asked for, two seats.'],
] as const;

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
      const customerId = pick(customerIds, 0);
      const [subject, asked, answered] = pick(matters, matters[0]);
      return {
        number,
        customerId,
        subject,
        status,
        userId: random() < 0.08 ? null : pick([1750, 1735, 1737, 1760], 1750),
        priority: pick(['0 Urgent', '1 High', '2 Normal', '2 Normal', '3 Low'], '2 Normal'),
        createdDaysAgo,
        dueInDays: isDone ? undefined : Math.round(random() * 20 - 2),
        said: [
          { daysAgo: createdDaysAgo, subject: 'Initial Issue', body: `${asked} Please have a look.`, customer: true },
          { daysAgo: createdDaysAgo / 2, subject: 'Update', body: answered, hidden: random() < 0.3 },
        ],
        // Resolved tickets without an invoice stay the two named ones, which the digest counts.
        charged: status === 'Invoiced' ? [{ ...work, invoice: String(69_800 + number - firstNumber) }] : [],
      };
    });
};
