import type { Person, SeenMessage } from '../slack/slack.ts';
import { sampleConfig, type World } from '../world.ts';
import { answerTo, createForm, filledComment, impatient, previewedBill, TICKET } from './acts.ts';
import type { Scene } from './scene.ts';

const PATIENT = { timeoutMs: 20_000 };
const COMMENT = { method: 'POST', path: /\/comment$/ } as const;

const userOf = ({ syncro }: World) => {
  const user = syncro.state.users.find(({ id }) => id === 1750);
  if (!user) throw new Error('no Howard in Syncro');
  return user;
};

const postComment = async (howard: Person): Promise<void> => {
  await (await filledComment(howard)).submit('Preview');
  const preview = await howard.modal('Check and post');
  await preview.waitFor(/\[(Email|Post) /);
  await preview.submit(/^(Email|Post) /);
};

const newTicket = async (howard: Person): Promise<void> => {
  const form = await createForm(howard, '"Acme West" projector stays dark');
  await form.type('Description', 'In the meeting room, since this morning.');
  await form.choose('Audience', 'Email the customer');
  await form.submit('Create');
};

const askedAboutComment = async (howard: Person, { syncro }: World): Promise<SeenMessage> => {
  syncro.fault({ ...COMMENT, kind: 'cut-before' });
  await postComment(howard);
  return howard.message(/needs you: (did|is) the/, PATIENT);
};

const refusedLine = async (howard: Person, { syncro }: World): Promise<SeenMessage> => {
  syncro.fault({ method: 'POST', path: /add_line_item$/, kind: '422', body: { error: "Description can't be blank" } });
  await (await previewedBill(howard)).submit(/^Bill /);
  return howard.message(/Syncro refused/, PATIENT);
};

/** What people see when it does not work. */
export const TROUBLE: readonly Scene[] = [
  {
    name: 'error',
    act: async (howard) => ({ message: await answerTo(howard, 'ticket 99999', /No ticket/) }),
  },
  {
    name: 'errors-typing',
    act: async (howard) => ({
      messages: [
        await answerTo(howard, 'frobnicate', /not a command/),
        await answerTo(howard, 'serch printer', /mean \/syncro search/),
        await answerTo(howard, 'bill', /For example/),
        await answerTo(howard, 'ticket soon', /"soon"/),
        await answerTo(howard, 'timer', /timer start/),
      ],
    }),
  },
  {
    name: 'error-limit',
    act: async (howard, world) => {
      world.syncro.fault({ kind: '429', method: 'GET', retryAfter: 7, times: 5 });
      const limited = await answerTo(howard, 'ticket 32164', /rate limit is reached/);
      return { message: limited };
    },
  },
  {
    name: 'error-down',
    world: impatient,
    act: async (howard, { syncro }) => {
      syncro.down(true);
      return { message: await answerTo(howard, 'ticket 32164', /hasn't answered/) };
    },
  },
  {
    name: 'error-key-refused',
    act: async (howard, world) => {
      userOf(world).keys = [];
      return { message: await answerTo(howard, 'ticket 32164', /refused your key/) };
    },
  },
  {
    name: 'error-not-allowed',
    act: async (howard, world) => {
      const user = userOf(world);
      user.permissions = { ...user.permissions, ticket: { read: false, write: false, delete: false } };
      return { message: await answerTo(howard, 'ticket 32164', /may not do this/) };
    },
  },
  {
    name: 'error-no-key',
    world: { config: sampleConfig().replace(', key: { env: SYNCRO_KEY_HOWARD }', '') },
    act: async (howard) => ({ message: await answerTo(howard, 'ticket 32164', /Connect/) }),
  },
  {
    name: 'error-stranger',
    world: { config: sampleConfig().replace('U012HOWARD', 'U012NOBODY') },
    act: async (howard) => ({ message: await answerTo(howard, 'ticket 32164', /not set up/) }),
  },
  {
    name: 'error-in-form',
    world: impatient,
    act: async (howard, { syncro }) => {
      syncro.down(true);
      await howard.slash('/syncro', 'close 32164');
      const form = await howard.modal('Close #32164');
      await form.waitFor('Nothing was sent.', PATIENT);
      return { modal: form };
    },
  },
  {
    name: 'bill-waiting',
    act: async (howard, { syncro }) => {
      syncro.fault({ method: 'POST', path: /^\/invoices$/, kind: 'cut-before' });
      await (await previewedBill(howard)).submit(/^Bill /);
      return { message: await howard.message(/Last look/, PATIENT) };
    },
  },
  {
    name: 'bill-refused',
    act: async (howard, world) => ({ message: await refusedLine(howard, world) }),
  },
  {
    name: 'bill-correct',
    act: async (howard, world) => {
      await (await refusedLine(howard, world)).click('Fix and continue');
      return { modal: await howard.modal('Fix and continue') };
    },
  },
  {
    name: 'bill-stopped',
    act: async (howard, world) => {
      await (await refusedLine(howard, world)).click('Stop');
      return { message: await howard.message(/Stopped/, PATIENT) };
    },
  },
  {
    name: 'bill-changed',
    act: async (howard, { syncro }) => {
      const preview = await previewedBill(howard);
      const { tickets, invoices } = syncro.state;
      const ticket = tickets.find(({ number }) => number === TICKET);
      const [invoice] = invoices;
      // A colleague bills it in Syncro itself.
      if (ticket && invoice)
        invoices.push({
          ...invoice,
          id: 1_649,
          number: '90001',
          customer_id: ticket.customer_id,
          ticket_id: ticket.id,
        });
      await preview.submit(/^Bill /);
      return { message: await howard.message(/changed since you looked/, PATIENT) };
    },
  },
  {
    name: 'bill-mismatch',
    act: async (howard, { syncro }) => {
      syncro.onChange(({ kind }) => {
        const line = syncro.state.invoiceLines.at(-1);
        if (kind === 'invoice' && line) line.price = 140;
      });
      await (await previewedBill(howard)).submit(/^Bill /);
      return { message: await howard.message(/not what was previewed/, PATIENT) };
    },
  },
  {
    name: 'bill-kept-otherwise',
    world: { ...impatient, syncro: { behaviour: { keptText: 'cut-short' } } },
    act: async (howard, { syncro }) => {
      syncro.fault({ ...COMMENT, kind: 'cut-after' });
      await (await previewedBill(howard)).submit(/^Bill /);
      return { message: await howard.message(/needs you: (did|is) the/, PATIENT) };
    },
  },
  {
    name: 'bill-preview-taxable',
    act: async (howard, { syncro }) => {
      for (const product of syncro.state.products) product.taxable = true;
      return { modal: await previewedBill(howard) };
    },
  },
  {
    name: 'comment-asking',
    world: impatient,
    act: async (howard, world) => ({ message: await askedAboutComment(howard, world) }),
  },
  {
    name: 'comment-waiting',
    act: async (howard, { syncro }) => {
      syncro.fault({ ...COMMENT, kind: 'cut-before' });
      await postComment(howard);
      return { message: await howard.message(/Last look/, PATIENT) };
    },
  },
  {
    name: 'comment-stopped',
    world: impatient,
    act: async (howard, world) => {
      await (await askedAboutComment(howard, world)).click('Stop');
      return { message: await howard.message(/Stopped/, PATIENT) };
    },
  },
  {
    name: 'create-waiting',
    act: async (howard, { syncro }) => {
      syncro.fault({ method: 'POST', path: '/tickets', kind: 'cut-before' });
      await newTicket(howard);
      return { message: await howard.message(/Last look/, PATIENT) };
    },
  },
  {
    name: 'create-asking',
    world: impatient,
    act: async (howard, { syncro }) => {
      syncro.fault({ method: 'POST', path: '/tickets', kind: 'cut-before' });
      await newTicket(howard);
      return { message: await howard.message(/needs you: (did|is) the/, PATIENT) };
    },
  },
];
