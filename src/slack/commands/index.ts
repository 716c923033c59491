import type { Command, CommandName } from '../../domain/command.ts';
import type { Asked, Handler } from '../asked.ts';
import { bill } from './bill.ts';
import { customers } from './customers.ts';
import { help } from './help.ts';
import { search } from './search.ts';
import { summary } from './summary.ts';
import { ticket } from './ticket.ts';

/** One row per command of domain/command.ts; a missing one does not compile. */
export const HANDLERS: { readonly [Name in CommandName]: Handler<Name> } = {
  summary,
  ticket,
  bill,
  search,
  customers,
  help,
};

/** Dispatches a parsed command to its handler. */
export const handle = (asked: Asked, command: Command): Promise<void> => {
  switch (command.name) {
    case 'summary':
      return HANDLERS.summary(asked, command);
    case 'ticket':
      return HANDLERS.ticket(asked, command);
    case 'bill':
      return HANDLERS.bill(asked, command);
    case 'search':
      return HANDLERS.search(asked, command);
    case 'customers':
      return HANDLERS.customers(asked, command);
    case 'help':
      return HANDLERS.help(asked, command);
  }
};
