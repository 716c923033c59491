import type { Asked } from '../asked.ts';
import { keysUnavailable } from '../messages/keys.ts';
import { CONNECT_TITLE, connectView } from './connect.ts';
import { problemView } from './problem.ts';
import { openView, pushView } from './views.ts';

/**
 * Asks for the technician's key; nothing is asked of Syncro before the form is there.
 * @param interrupted the command to go on with, or `''`
 * @param onTop the button was pressed in a form, which stays below
 */
export const openConnectForm = async (
  { deps, triggerId, say }: Asked,
  interrupted: string,
  onTop = false,
): Promise<void> => {
  const { available } = deps.use.keys;
  if (onTop) {
    const view = available
      ? connectView({ interrupted: '', onTop }, deps.links)
      : problemView(CONNECT_TITLE, keysUnavailable());
    await pushView(deps, triggerId, view);
  } else if (available) await openView(deps, triggerId, connectView({ interrupted, onTop }, deps.links));
  else await say(keysUnavailable());
};
