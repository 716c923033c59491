import type { Command, CommandName } from '../../domain/command.ts';
import type { Technician } from '../../domain/technician.ts';
import type { SlackDeps } from '../deps.ts';
import type { Say } from '../person.ts';
import { bill } from './bill.ts';
import { customers } from './customers.ts';
import { help } from './help.ts';
import { search } from './search.ts';
import { summary } from './summary.ts';
import { ticket } from './ticket.ts';

/** What a person asked for, and the means to answer. */
export type Asked = {
  readonly deps: SlackDeps;
  readonly technician: Technician;
  /** The command's real name here, `/syncro`. */
  readonly command: string;
  /** Opens one form, within 3 seconds. */
  readonly triggerId: string;
  readonly say: Say;
};

export type Handler<Name extends CommandName> = (asked: Asked, command: Command & { name: Name }) => Promise<void>;

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
