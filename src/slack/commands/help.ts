import { helpMessage } from '../messages/help.ts';
import type { Handler } from './index.ts';

export const help: Handler<'help'> = ({ command, say }, { about }) => say(helpMessage(command, about));
