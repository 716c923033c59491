import type { Handler } from '../../../slack/asked.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { customerCardMessage, foundCustomersMessage } from './found-customers.ts';

/** One hit shows its card at once; several are listed. */
export const customers: Handler<'customers'> = ({ deps, technician, say }, { words }) =>
  sayWhenReady(say, 'Searching customers', async () => {
    const found = await deps.use.searchCustomers(technician, { words, page: 1, anew: true });
    const only = found.count === 1 && !found.more ? found.rows[0] : undefined;
    return only
      ? customerCardMessage(await deps.use.viewCustomer(technician, only.id), deps.links, deps.clock.now())
      : foundCustomersMessage(found, deps.links);
  });
