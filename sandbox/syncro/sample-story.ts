import { customerIds as who } from './sample-customers.ts';

export type Said = {
  readonly daysAgo: number;
  readonly body: string;
  readonly subject?: string;
  readonly hidden?: boolean;
  /** Written by the customer. */
  readonly customer?: boolean;
};

export type Charged = {
  readonly daysAgo: number;
  readonly productId: number;
  readonly hours: number;
  readonly description: string;
  /** Number of the invoice that took it. */
  readonly invoice?: string;
};

/** A ticket as one would tell it; `sample-tickets.ts` makes rows of it. */
export type Story = {
  readonly number: number;
  readonly id?: number;
  readonly customerId: number;
  readonly contactId?: number;
  readonly subject: string;
  readonly status: string;
  readonly userId: number | null;
  readonly priority?: string;
  readonly createdDaysAgo: number;
  /** Negative = overdue. */
  readonly dueInDays?: number;
  readonly customerReply?: boolean;
  readonly said?: readonly Said[];
  readonly charged?: readonly Charged[];
  /** A timer runs since so many minutes. */
  readonly timerMinutes?: number;
};

const howard = 1750;
const winter = 1737;
const rob = 1760;

/** About 5,000 characters with lists, a link, entities and a table. */
const longHtml = `<p><b>Migration notes</b> &amp; checklist</p><ul>${Array.from(
  { length: 76 },
  (_, index) => `<li>Step ${index + 1}: moved <i>mailbox ${index + 1}</i> &lt;done&gt; on host-${index + 1}</li>`,
).join('')}</ul><table><tr><td>Total</td><td>76</td></tr></table><p><a href="https://wiki.example/x">wiki</a></p>`;

const hostileText = '<!channel> & *bold* _it_ `code` <https://evil.example|click> <@U123> 🖨️ مرحبا بالعالم';

/** The tickets that screens and tests name. */
export const namedStories: readonly Story[] = [
  {
    number: 32166,
    customerId: who.acmeEast,
    subject: 'New laptop for reception',
    status: 'New',
    userId: null,
    createdDaysAgo: 0.2,
    said: [{ daysAgo: 0.2, subject: 'Initial Issue', body: 'Please quote a laptop.', customer: true }],
  },
  {
    number: 32165,
    customerId: who.prepaid,
    contactId: 7710004,
    subject: 'Email signatures for the new office',
    status: 'In Progress',
    userId: howard,
    createdDaysAgo: 1,
    said: [{ daysAgo: 1, subject: 'Initial Issue', body: 'All signatures need the new address.', customer: true }],
  },
  {
    number: 32164,
    id: 108443837,
    customerId: who.jerry,
    subject: 'Own cloud thing again',
    status: 'New',
    userId: howard,
    createdDaysAgo: 2,
    said: [
      { daysAgo: 2, subject: 'Initial Issue', body: 'The cloud thing does not sync again.', customer: true },
      { daysAgo: 1.5, subject: 'Update', body: 'Looking into it.' },
      { daysAgo: 1.2, subject: 'Customer Reply', body: 'It stopped again after lunch.', customer: true },
      { daysAgo: 0.8, subject: 'Internal Note', body: 'Rebooted, sync runs again.', hidden: true },
    ],
  },
  {
    number: 32163,
    id: 108443702,
    customerId: who.leeAnn,
    contactId: 7710001,
    subject: 'Remote - Jim cant access his email',
    status: 'Waiting on Customer',
    userId: howard,
    createdDaysAgo: 5,
    customerReply: true,
    said: [
      { daysAgo: 5, subject: 'Initial Issue', body: 'Jim cannot open his email.', customer: true },
      { daysAgo: 4, subject: 'Update', body: 'Could you restart Outlook?' },
      { daysAgo: 0.3, subject: 'Customer Reply', body: 'Restarted, still nothing.', customer: true },
    ],
  },
  {
    number: 32162,
    id: 108443655,
    customerId: who.lens,
    subject: 'Server upgrade',
    status: 'Invoiced',
    userId: winter,
    createdDaysAgo: 20,
    said: [{ daysAgo: 12, subject: 'Resolution', body: 'Server is on the new version.' }],
    charged: [
      { daysAgo: 12, productId: 26118, hours: 3, description: 'Server upgrade on site', invoice: '69988' },
      { daysAgo: 12, productId: 26117, hours: 1, description: 'Travel', invoice: '69988' },
    ],
  },
  {
    number: 32161,
    customerId: who.leeAnn,
    subject: 'Scanner to mail',
    status: 'Customer Reply',
    userId: winter,
    createdDaysAgo: 3,
    customerReply: true,
    said: [{ daysAgo: 0.5, subject: 'Customer Reply', body: 'Yes, tomorrow fits.', customer: true }],
  },
  {
    number: 32160,
    customerId: who.acmeWest,
    contactId: 7710002,
    subject: 'Switch replaced',
    status: 'Resolved',
    userId: rob,
    createdDaysAgo: 9,
    charged: [{ daysAgo: 6, productId: 26118, hours: 1, description: 'Replaced the switch' }],
  },
  {
    number: 32159,
    customerId: who.jerry,
    subject: 'Router keeps rebooting',
    status: 'In Progress',
    userId: howard,
    createdDaysAgo: 14,
    charged: [{ daysAgo: 11, productId: 26118, hours: 1, description: 'Looked at the router on site' }],
  },
  {
    number: 32158,
    customerId: who.acmeEast,
    subject: 'Cabling in the back office',
    status: 'Resolved',
    userId: rob,
    createdDaysAgo: 10,
    charged: [{ daysAgo: 7, productId: 26118, hours: 0.5, description: 'Two outlets' }],
  },
  {
    number: 32157,
    customerId: who.jerry,
    subject: 'Backup alarm',
    status: 'In Progress',
    userId: howard,
    createdDaysAgo: 25,
    charged: [{ daysAgo: 20, productId: 1190473, hours: 1, description: 'Fixed the backup job', invoice: '69987' }],
  },
  {
    number: 32156,
    customerId: who.acmeWest,
    subject: 'Mailbox migration',
    status: 'In Progress',
    userId: winter,
    createdDaysAgo: 8,
    said: [{ daysAgo: 3, subject: 'Update', body: longHtml }],
  },
  {
    number: 32155,
    customerId: who.acmeWest,
    subject: 'Printer offline',
    status: 'In Progress',
    userId: howard,
    createdDaysAgo: 1 / 24,
    timerMinutes: 42,
  },
  {
    number: 32154,
    customerId: who.hostile,
    subject: '<!channel> & *urgent* 🖨️ مرحبا <https://evil.example|click>',
    status: 'New',
    userId: winter,
    createdDaysAgo: 2,
    said: [
      { daysAgo: 2, subject: 'Initial Issue', body: hostileText, customer: true },
      { daysAgo: 1, subject: 'Internal <!here>', body: hostileText, hidden: true },
    ],
  },
  {
    number: 32153,
    customerId: who.rightToLeft,
    subject: 'الطابعة لا تعمل',
    status: 'Waiting for Parts',
    userId: rob,
    createdDaysAgo: 6,
    said: [{ daysAgo: 6, subject: 'Initial Issue', body: 'الطابعة لا تعمل منذ الصباح.', customer: true }],
  },
  {
    number: 32152,
    customerId: who.emoji,
    subject: '👩‍💻 laptop 🔥 fan',
    status: 'Scheduled',
    userId: rob,
    createdDaysAgo: 4,
    dueInDays: 2,
    said: [{ daysAgo: 4, subject: 'Initial Issue', body: 'Too loud 🔥🔥🔥', customer: true }],
  },
  {
    number: 32151,
    customerId: who.smithTucson,
    subject: 'Slow computer',
    status: 'New',
    userId: winter,
    createdDaysAgo: 3,
  },
  {
    number: 32150,
    customerId: who.acmeWest,
    subject: 'VPN drops every hour',
    status: 'Customer Reply',
    userId: null,
    createdDaysAgo: 2,
    customerReply: true,
    said: [{ daysAgo: 2, subject: 'Customer Reply', body: 'It dropped again.', customer: true }],
  },
  {
    number: 32149,
    customerId: who.smithPhoenix,
    subject: 'Slow computer',
    status: 'Scheduled',
    userId: winter,
    createdDaysAgo: 3,
    dueInDays: 1,
  },
  {
    // 400 comments and 100 lines.
    number: 32120,
    customerId: who.acmeEast,
    subject: 'Office move, the whole story',
    status: 'In Progress',
    userId: rob,
    createdDaysAgo: 60,
    said: Array.from({ length: 400 }, (_, index) => ({
      daysAgo: 60 - index * 0.14,
      subject: 'Update',
      body: `Entry ${index + 1} of the move diary.`,
      hidden: index % 3 === 0,
      customer: index % 7 === 1,
    })),
    charged: Array.from({ length: 100 }, (_, index) => ({
      daysAgo: 60 - index * 0.5,
      productId: 26118,
      hours: 0.25,
      description: `Move, trip ${index + 1}`,
    })),
  },
  {
    // Its id is another ticket's number: whoever mixes them up opens this one.
    number: 32101,
    id: 32164,
    customerId: who.acmeEast,
    subject: 'Old phone system (not the one you asked for)',
    status: 'In Progress',
    userId: rob,
    createdDaysAgo: 41,
    dueInDays: -12,
    said: [{ daysAgo: 41, subject: 'Initial Issue', body: 'The phones crackle.', customer: true }],
  },
];
