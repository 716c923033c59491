import type { Handler } from '../asked.ts';
import { helpMessage } from '../messages/help.ts';

export const help: Handler<'help'> = ({ command, technician, say }, { about }) =>
  say(helpMessage(command, about, technician.role === 'admin'));
