import { z } from 'zod';
import type { Asked } from '../../../slack/asked.ts';
import { command, notUnderstood, type Rows, reads, understood } from '../../../slack/feature.ts';
import { type Action, fromJson, inPlaceOfOwn, PAGE } from '../../../slack/pressed.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { customerCardMessage, foundCustomersMessage } from './found-customers.ts';
import type { CustomersUse } from './use.ts';

/** One hit shows its card at once; several are listed. */
export const customersCommand = command({
  name: 'customers',
  usage: 'customers <words>',
  does: 'customers by name, phone or email',
  example: 'customers burger',
  mayWait: true,
  parse: (_words, words) =>
    words ? understood({ words }) : notUnderstood('Which customer? A name, phone or email.', 'customers burger'),
  run: ({ deps, use, technician, say }: Asked<CustomersUse>, { words }) =>
    sayWhenReady(say, 'Searching customers', async () => {
      const found = await use.searchCustomers(technician, { words, page: 1, anew: true });
      const only = found.count === 1 && !found.more ? found.rows[0] : undefined;
      return only
        ? customerCardMessage(await use.viewCustomer(technician, only.id), deps.links, deps.clock.now())
        : foundCustomersMessage(found, deps.links);
    }),
});

const CUSTOMERS = z.object({ q: z.string().trim().min(1).max(1_000), p: PAGE });

const customersAgain: Action<CustomersUse> = (pressed) => {
  const { deps, use, technician, say, value } = pressed;
  const { q, p } = fromJson(CUSTOMERS, value);
  return sayWhenReady(
    say,
    'Searching customers',
    async () => foundCustomersMessage(await use.searchCustomers(technician, { words: q, page: p }), deps.links),
    inPlaceOfOwn(pressed),
  );
};

const showCustomer: Action<CustomersUse> = ({ deps, use, technician, say, value }) =>
  sayWhenReady(
    say,
    'Reading the customer',
    async () =>
      customerCardMessage(
        await use.viewCustomer(technician, fromJson(z.number().int().min(1), value)),
        deps.links,
        deps.clock.now(),
      ),
    { beside: true },
  );

export const customerButtons: NonNullable<Rows<CustomersUse>['buttons']> = {
  'customer:show': reads(showCustomer),
  'customers:previous': reads(customersAgain),
  'customers:next': reads(customersAgain),
};
