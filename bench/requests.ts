import type { SyncroState } from '../sandbox/syncro/state.ts';
import { addMonthlyFor } from '../test/features/later/later-steps.ts';
import { DRIVES, type Driven, quiet } from './drive.ts';
import { NEEDS } from './needs.ts';
import { atMost, type Bench, type Row, told } from './row.ts';
import { nameOf, type Shop, startShop } from './shop.ts';

/** For the first time, and once its number, its customer and the account's lists are known. */
const COLD_TICKET = 32164;
const WARM_TICKET = 32163;

const GOALS: Partial<Record<Driven, number>> = { ticket: 2, bill: 9, charge: 7 };

const DAY_MS = 24 * 3_600_000;

/** A charge is a bill for customers with a recurring invoice. */
const withRecurring = (state: SyncroState): void => {
  const day = new Date(Date.now() + 20 * DAY_MS).toISOString().slice(0, 10);
  for (const number of [COLD_TICKET, WARM_TICKET]) addMonthlyFor(state, day, {}, number);
};

type Counted = {
  readonly requests: readonly string[];
  readonly missing: readonly string[];
  readonly beyond: readonly string[];
};

/** What was asked for beside what the answer needs; a request that is needed twice stands there twice. */
const compare = (requests: readonly string[], needs: readonly string[]): Counted => {
  const left = [...requests];
  const missing = needs.filter((need) => {
    const at = left.indexOf(need);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return { requests, missing, beyond: left };
};

const requestsOf = async (shop: Shop, command: Driven, number: number): Promise<readonly string[]> => {
  const [id = ''] = shop.people;
  await quiet(shop);
  const before = shop.syncro.requests.length;
  await DRIVES[command](shop.slack.person(id), number);
  await quiet(shop);
  return shop.syncro.requests.slice(before).map(nameOf);
};

type Both = { readonly cold: Counted; readonly warm: Counted };

/** In a process of its own with an empty database: once, then again on a ticket whose card was looked at. */
const countBoth = async (command: Driven): Promise<Both> => {
  const shop = await startShop(command === 'charge' ? { change: withRecurring } : {});
  try {
    await shop.launch();
    // What it reads by itself begins a moment after it is ready.
    await quiet(shop, 1_000);
    const cold = await requestsOf(shop, command, COLD_TICKET);
    await requestsOf(shop, 'ticket', WARM_TICKET);
    const warm = await requestsOf(shop, command, WARM_TICKET);
    return { cold: compare(cold, NEEDS[command].cold), warm: compare(warm, NEEDS[command].warm) };
  } finally {
    await shop.close();
  }
};

const rowsOf = (command: Driven, { cold, warm }: Both): readonly Row[] => {
  const needs = NEEDS[command];
  const figure = (name: string, counted: Counted, floor: number) => ({
    bench: 'requests',
    what: `${command}, ${name}`,
    unit: 'requests' as const,
    ours: counted.requests.length,
    floor,
    ...(counted.beyond.length > 0 ? { note: `+ ${needs.why ?? counted.beyond.join(', ')}` } : {}),
  });
  const goal = GOALS[command];
  const warmFigure = figure('warm', warm, needs.warm.length);
  return [
    told(figure('cold', cold, needs.cold.length)),
    goal === undefined ? told(warmFigure) : atMost(goal, warmFigure),
  ];
};

const COMMANDS = Object.keys(DRIVES).filter((name): name is Driven => name in DRIVES);

export const requests: Bench = {
  name: 'requests',
  about: 'requests to Syncro of each command, by name, beside those that the answer needs',
  measure: async ({ quick, say }) => {
    const rows: Row[] = [];
    const details: Record<string, Both> = {};
    for (const command of quick ? COMMANDS.filter((name) => ['ticket', 'bill', 'charge'].includes(name)) : COMMANDS) {
      const both = await countBoth(command);
      say(`${command}: ${both.cold.requests.length} cold, ${both.warm.requests.length} warm`);
      details[command] = both;
      rows.push(...rowsOf(command, both));
    }
    return { rows, details };
  },
};
