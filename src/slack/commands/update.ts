import type { Handler } from '../asked.ts';
import { openUpdateForm } from '../forms/open-update.ts';
import { updatedMessage } from '../messages/updated.ts';
import { sayWhenReady } from '../say.ts';
import { watchUpdate } from '../watch-update.ts';

/** With words: the status at once. Without: the form. */
export const update: Handler<'update'> = (asked, { number, status }) => {
  const { deps, technician, say, command } = asked;
  if (status === null) return openUpdateForm(asked, number);
  return sayWhenReady(say, `Updating #${number}`, async () =>
    updatedMessage(await watchUpdate(deps, deps.use.updating.byWords(technician, number, status)), deps.links, command),
  );
};
