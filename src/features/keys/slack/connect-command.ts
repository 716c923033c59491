import type { Handler } from '../../../slack/asked.ts';
import { openConnectForm } from './open-connect.ts';

export const connect: Handler<'connect'> = (asked) => openConnectForm(asked, '');
