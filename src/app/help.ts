import type { Handler } from '../slack/asked.ts';
import { helpMessage } from './help-message.ts';

export const help: Handler<'help'> = ({ command, technician, say }, { about }) =>
  say(helpMessage(command, about, technician.role === 'admin'));
