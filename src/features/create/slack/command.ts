import type { Handler } from '../../../slack/asked.ts';
import { openCreateForm } from './open-create.ts';

export const create: Handler<'create'> = (asked, { text }) => openCreateForm(asked, { text });
