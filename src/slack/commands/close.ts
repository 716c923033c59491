import type { Handler } from '../asked.ts';
import { openCloseForm } from '../forms/open-close.ts';

export const close: Handler<'close'> = (asked, { number }) => openCloseForm(asked, number);
