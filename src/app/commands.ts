import { bill } from '../features/bill/slack/command.ts';
import { close } from '../features/close/slack/command.ts';
import { comment } from '../features/comment/slack/command.ts';
import { create } from '../features/create/slack/command.ts';
import { customers } from '../features/customers/slack/command.ts';
import { digest } from '../features/digests/slack/command.ts';
import { connect } from '../features/keys/slack/connect-command.ts';
import { disconnect } from '../features/keys/slack/disconnect-command.ts';
import { whoami } from '../features/keys/slack/whoami-command.ts';
import { search } from '../features/search/slack/command.ts';
import { summary } from '../features/tickets/slack/summary-command.ts';
import { ticket } from '../features/tickets/slack/ticket-command.ts';
import { timer } from '../features/time/slack/command.ts';
import { update } from '../features/update/slack/command.ts';
import { audit } from '../runs/slack/audit-command.ts';
import type { Asked, Handler } from '../slack/asked.ts';
import type { Command, CommandName } from '../slack/command-types.ts';
import { help } from './help.ts';

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
