import { z } from 'zod';
import { type Action, type Actions, fromJson, inPlaceOfOwn, PAGE } from '../../../slack/pressed.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { customerCardMessage, foundCustomersMessage } from './found-customers.ts';

const CUSTOMERS = z.object({ q: z.string().trim().min(1).max(1_000), p: PAGE });

const customersAgain: Action = (pressed) => {
  const { deps, technician, say, value } = pressed;
  const { q, p } = fromJson(CUSTOMERS, value);
  return sayWhenReady(
    say,
    'Searching customers',
    async () => foundCustomersMessage(await deps.use.searchCustomers(technician, { words: q, page: p }), deps.links),
    inPlaceOfOwn(pressed),
  );
};

const showCustomer: Action = ({ deps, technician, say, value }) =>
  sayWhenReady(
    say,
    'Reading the customer',
    async () =>
      customerCardMessage(
        await deps.use.viewCustomer(technician, fromJson(z.number().int().min(1), value)),
        deps.links,
        deps.clock.now(),
      ),
    { beside: true },
  );

export const customerActions: Actions = {
  'customer:show': showCustomer,
  'customers:previous': customersAgain,
  'customers:next': customersAgain,
};
