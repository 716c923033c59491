import type { Command, CommandName } from '../../domain/command-types.ts';
import type { Asked, Handler } from '../asked.ts';
import { audit } from './audit.ts';
import { bill } from './bill.ts';
import { close } from './close.ts';
import { comment } from './comment.ts';
import { connect } from './connect.ts';
import { create } from './create.ts';
import { customers } from './customers.ts';
import { digest } from './digest.ts';
import { disconnect } from './disconnect.ts';
import { help } from './help.ts';
import { search } from './search.ts';
import { summary } from './summary.ts';
import { ticket } from './ticket.ts';
import { timer } from './timer.ts';
import { update } from './update.ts';
import { whoami } from './whoami.ts';

/** One row per command of domain/command.ts; a missing one does not compile. */
export const HANDLERS: { readonly [Name in CommandName]: Handler<Name> } = {
  summary,
  ticket,
  bill,
  comment,
  create,
  update,
  close,
  timer,
  audit,
  digest,
  search,
  customers,
  connect,
  disconnect,
  whoami,
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
    case 'comment':
      return HANDLERS.comment(asked, command);
    case 'create':
      return HANDLERS.create(asked, command);
    case 'update':
      return HANDLERS.update(asked, command);
    case 'close':
      return HANDLERS.close(asked, command);
    case 'timer':
      return HANDLERS.timer(asked, command);
    case 'digest':
      return HANDLERS.digest(asked, command);
    case 'audit':
      return HANDLERS.audit(asked, command);
    case 'search':
      return HANDLERS.search(asked, command);
    case 'customers':
      return HANDLERS.customers(asked, command);
    case 'connect':
      return HANDLERS.connect(asked, command);
    case 'disconnect':
      return HANDLERS.disconnect(asked, command);
    case 'whoami':
      return HANDLERS.whoami(asked, command);
    case 'help':
      return HANDLERS.help(asked, command);
  }
};
