import type { Handler } from '../asked.ts';
import { openConnectForm } from '../forms/open-connect.ts';

export const connect: Handler<'connect'> = (asked) => openConnectForm(asked, '');
