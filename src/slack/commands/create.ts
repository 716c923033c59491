import type { Handler } from '../asked.ts';
import { openCreateForm } from '../forms/open-create.ts';

export const create: Handler<'create'> = (asked, { text }) => openCreateForm(asked, { text });
