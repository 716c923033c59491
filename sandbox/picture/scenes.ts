import { answerTo, askingBill, billed, filledBill, filledComment, impatient, previewedBill, readHome } from './acts.ts';
import type { Scene } from './scene.ts';
import { EVERYDAY } from './scenes-everyday.ts';
import { KEYS } from './scenes-keys.ts';
import { LISTS } from './scenes-lists.ts';
import { PRICES } from './scenes-prices.ts';
import { TICKETS } from './scenes-tickets.ts';
import { TIME } from './scenes-time.ts';
import { TROUBLE } from './scenes-trouble.ts';

/** Every picture, one row each; add a row, run `npm run pictures`. */
export const SCENES: readonly Scene[] = [
  { name: 'summary', act: async (howard) => ({ message: await answerTo(howard, '', /Your open tickets/) }) },
  { name: 'ticket', act: async (howard) => ({ message: await answerTo(howard, 'ticket 32164', /#32164/) }) },
  { name: 'ticket-charges', act: async (howard) => ({ message: await answerTo(howard, 'ticket 32157', /#32157/) }) },
  {
    name: 'hostile-ticket',
    act: async (howard) => ({ message: await answerTo(howard, 'ticket 32154', /#32154/) }),
  },
  { name: 'search', act: async (howard) => ({ message: await answerTo(howard, 'search printer', /for "printer"/) }) },
  { name: 'customers', act: async (howard) => ({ message: await answerTo(howard, 'customers smith', /for "smith"/) }) },
  {
    name: 'customer',
    act: async (howard) => ({ message: await answerTo(howard, 'customers burger', /Open tickets/) }),
  },
  { name: 'help', act: async (howard) => ({ message: await answerTo(howard, 'help', /What \/syncro can do/) }) },
  { name: 'bill-form', act: async (howard) => ({ modal: await filledBill(howard) }) },
  {
    name: 'bill-form-error',
    act: async (howard) => {
      const form = await filledBill(howard);
      await form.type('Minutes', 'an hour');
      await form.submit('Preview');
      return { modal: form };
    },
  },
  { name: 'bill-preview', act: async (howard) => ({ modal: await previewedBill(howard) }) },
  { name: 'bill-preview-warnings', act: async (howard) => ({ modal: await previewedBill(howard, 32157) }) },
  { name: 'bill-preview-prepaid', act: async (howard) => ({ modal: await previewedBill(howard, 32165) }) },
  { name: 'bill-receipt', act: async (howard) => ({ message: await billed(howard) }) },
  {
    name: 'bill-asking',
    world: impatient,
    act: async (howard, world) => ({ message: await askingBill(howard, world) }),
  },
  { name: 'comment-form', act: async (howard) => ({ modal: await filledComment(howard) }) },
  {
    name: 'comment-preview',
    act: async (howard) => {
      await (await filledComment(howard)).submit('Preview');
      const preview = await howard.modal('Check and post');
      await preview.waitFor(/\[(Email|Post) /);
      return { modal: preview };
    },
  },
  {
    name: 'home',
    world: impatient,
    act: async (howard, world, pass) => {
      await answerTo(howard, 'timer start 32155', /Timer on .*started/);
      pass(42 * 60_000);
      await billed(howard, 32165);
      await askingBill(howard, world);
      return { home: await readHome(howard) };
    },
  },
  ...EVERYDAY,
  ...PRICES,
  ...TICKETS,
  ...TIME,
  ...LISTS,
  ...KEYS,
  ...TROUBLE,
];
