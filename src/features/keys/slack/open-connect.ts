import type { Asked } from '../../../slack/asked.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { openView, pushView } from '../../../slack/forms/views.ts';
import { CONNECT_TITLE, connectView } from './form.ts';
import { keysUnavailable } from './messages.ts';

/**
 * Asks for the technician's key; nothing is asked of Syncro before the form is there.
 * @param interrupted the command to go on with, or `''`
 * @param below the form that the button was pressed in; it stays there
 */
export const openConnectForm = async (
  { deps, triggerId, say }: Asked,
  interrupted: string,
  below: string | null = null,
): Promise<void> => {
  if (!deps.use.keys.available) {
    if (below === null) await say(keysUnavailable());
    else await pushView(deps, triggerId, problemView(CONNECT_TITLE, keysUnavailable()));
    return;
  }
  const view = connectView({ interrupted, below }, deps.links);
  await (below === null ? openView(deps, triggerId, view) : pushView(deps, triggerId, view));
};
