import { answerTo, createForm, filledComment, formAbout } from './acts.ts';
import type { Scene } from './scene.ts';

const PATIENT = { timeoutMs: 20_000 };

/** Tickets that change, begin and end. */
export const TICKETS: readonly Scene[] = [
  {
    name: 'update',
    act: async (howard) => ({ message: await answerTo(howard, 'update 32164 wait c', /Updated #32164/) }),
  },
  {
    name: 'update-choice',
    act: async (howard) => ({ message: await answerTo(howard, 'update 32164 wait', /fits two statuses/) }),
  },
  {
    name: 'update-refused',
    act: async (howard) => ({
      messages: [
        await answerTo(howard, 'update 32164 frobnicated', /no status/),
        await answerTo(howard, 'update 32164 invoiced', /has no invoice/),
        await answerTo(howard, 'update 32164 new', /already/),
      ],
    }),
  },
  {
    name: 'update-form',
    act: async (howard) => ({ modal: await formAbout(howard, 'update 32164', 'Update #32164', 'Due date') }),
  },
  {
    name: 'update-receipt',
    act: async (howard) => {
      const form = await formAbout(howard, 'update 32164', 'Update #32164', 'Due date');
      await form.choose('Priority', '1 High');
      await form.choose('Technician', 'Winter Hale');
      await form.submit('Save');
      return { message: await howard.message(/Updated #32164/, PATIENT) };
    },
  },
  {
    name: 'take',
    act: async (howard) => {
      const card = await answerTo(howard, 'ticket 32166', /#32166/);
      await card.click('Take');
      return { message: await howard.message(/Updated #32166/) };
    },
  },
  {
    name: 'close-form',
    act: async (howard) => {
      await answerTo(howard, 'timer start 32159', /Timer on .*started/);
      const form = await formAbout(howard, 'close 32159', 'Close #32159', 'Resolution');
      await form.type('Resolution', 'Router replaced, no restarts since Friday.');
      return { modal: form };
    },
  },
  {
    name: 'close-receipt',
    act: async (howard) => {
      const form = await formAbout(howard, 'close 32164', 'Close #32164', 'Resolution');
      await form.type('Resolution', 'Reset the cloud thing.');
      await form.submit('Close ticket');
      return { message: await howard.message(/Closed #32164/, PATIENT) };
    },
  },
  {
    name: 'session-log',
    act: async (howard) => {
      const form = await formAbout(howard, 'close 32164', 'Close #32164', 'Resolution');
      await form.submit('Close ticket');
      const receipt = await howard.message(/Closed #32164/, PATIENT);
      await receipt.click('Session log');
      return { message: await howard.message(/Session log of #32164/, PATIENT) };
    },
  },
  {
    name: 'comment-receipt',
    act: async (howard) => {
      await (await filledComment(howard)).submit('Preview');
      const preview = await howard.modal('Check and post');
      await preview.waitFor(/\[(Email|Post) /);
      await preview.submit(/^(Email|Post) /);
      return { message: await howard.message(/Commented on #32164/, PATIENT) };
    },
  },
  { name: 'create-form-empty', act: async (howard) => ({ modal: await createForm(howard) }) },
  {
    name: 'create-form',
    act: async (howard) => {
      const form = await createForm(howard, '"Acme West" printer jams');
      await form.waitFor('open tickets');
      return { modal: form };
    },
  },
  {
    name: 'create-several',
    act: async (howard) => {
      const form = await createForm(howard, 'John Smith screen stays dark');
      await form.waitFor('customers match');
      return { modal: form };
    },
  },
  {
    name: 'create-similar',
    act: async (howard) => {
      const form = await createForm(howard, 'Acme West the printer is offline again');
      await form.submit('Create');
      const check = await howard.modal('Check and create');
      return { modal: check };
    },
  },
  {
    name: 'create-receipt',
    act: async (howard) => {
      const form = await createForm(howard, '"Acme West" projector stays dark');
      await form.type('Description', 'In the meeting room, since this morning.');
      await form.choose('Audience', 'Email the customer');
      await form.submit('Create');
      return { message: await howard.message(/Sent once, confirmed/, PATIENT) };
    },
  },
  {
    name: 'customer-reply',
    world: { env: { SYNCRO_HOOK_SECRET: 'a-secret-that-only-Syncro-knows' } },
    act: async (howard, { syncro }) => {
      syncro.customerReply(108443837, 'It stopped again.\nCan somebody call me this afternoon? 520-555-0100');
      return { message: await howard.message(/replied on #32164/, PATIENT) };
    },
  },
];
