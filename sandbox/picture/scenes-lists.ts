import { setTimeout as sleep } from 'node:timers/promises';
import type { Every } from '../../src/shared/system.ts';
import { answerTo } from './acts.ts';
import type { Scene } from './scene.ts';

const SUMMARY = /Your open tickets/;

/** What is read every two seconds is there at once. */
const hurried: Every = (ms, task) => {
  const timer = setInterval(task, Math.min(ms, 20));
  return () => clearInterval(timer);
};

/** What is read in rows. */
export const LISTS: readonly Scene[] = [
  {
    name: 'summary-timer',
    act: async (howard, _world, pass) => {
      await answerTo(howard, 'timer start 32163', /Timer on .*started/);
      pass(102 * 60_000);
      return { message: await answerTo(howard, '', SUMMARY) };
    },
  },
  {
    name: 'open-list',
    act: async (howard) => {
      await (await answerTo(howard, '', SUMMARY)).click('Show team');
      return { message: await howard.message(/^Open tickets · /) };
    },
  },
  {
    name: 'uninvoiced',
    act: async (howard) => {
      const summary = await answerTo(howard, '', /never invoiced:/);
      await summary.click('Show');
      return { message: await howard.message(/^2 resolved, never invoiced/) };
    },
  },
  {
    name: 'search-form',
    act: async (howard) => {
      await (await answerTo(howard, '', SUMMARY)).click('Search');
      return { modal: await howard.modal('Search tickets') };
    },
  },
  {
    name: 'search-many',
    act: async (howard) => ({ message: await answerTo(howard, 'search acme', /for "acme"/) }),
  },
  {
    name: 'search-comments',
    world: { warm: true, time: { every: hurried } },
    act: async (howard, { syncro }) => {
      const unread = () =>
        syncro.state.tickets.some(({ id }) => !syncro.requests.some(({ path }) => path.includes(`/${id}/comments`)));
      while (unread()) await sleep(20);
      // The last of them is still to be stored.
      await sleep(200);
      return { message: await answerTo(howard, 'search restarted', /In comments/) };
    },
  },
  {
    name: 'search-none',
    act: async (howard) => ({
      messages: [
        await answerTo(howard, 'search zeppelin', /for "zeppelin"/),
        await answerTo(howard, 'customers zeppelin', /No customers/),
      ],
    }),
  },
  {
    name: 'customer-prepaid',
    act: async (howard) => ({ message: await answerTo(howard, 'customers desert', /Open tickets/) }),
  },
  {
    name: 'bill-choose',
    act: async (howard) => {
      await answerTo(howard, 'timer start 32164', /Timer on .*started/);
      await (await answerTo(howard, '', SUMMARY)).click('Bill');
      const form = await howard.modal('Bill time');
      return { modal: form };
    },
  },
];
