import type { Asked } from '../../../slack/asked.ts';
import type { CarryOn } from '../../../slack/carry-on.ts';
import { keyTyped } from '../../../slack/command.ts';
import { CONNECT } from '../../../slack/error.ts';
import { command, type Rows, reads, understood } from '../../../slack/feature.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { openView, pushView } from '../../../slack/forms/views.ts';
import type { KeyUses } from '../key-uses.ts';
import { CONNECT_TITLE, connectView } from './form.ts';
import { keysUnavailable } from './messages.ts';

export type KeysUse = {
  readonly keys: KeyUses;
  /** Goes on with the command that was interrupted for want of a key. */
  readonly carryOn: CarryOn;
};

/**
 * Asks for the technician's key; nothing is asked of Syncro before the form is there.
 * @param interrupted the command to go on with, or `''`
 * @param below the form that the button was pressed in; it stays there
 */
export const openConnectForm = async (
  { deps, use, triggerId, say }: Asked<KeysUse>,
  interrupted: string,
  below: string | null = null,
): Promise<void> => {
  if (!use.keys.available) {
    if (below === null) await say(keysUnavailable());
    else await pushView(deps, triggerId, problemView(CONNECT_TITLE, keysUnavailable()));
    return;
  }
  const view = connectView({ interrupted, below }, deps.links);
  await (below === null ? openView(deps, triggerId, view) : pushView(deps, triggerId, view));
};

/** In a form the key is asked for on top of it, so that nothing that was typed is lost. */
export const connectButtons: NonNullable<Rows<KeysUse>['buttons']> = {
  [CONNECT]: reads((pressed) =>
    openConnectForm(pressed, pressed.value, pressed.view?.type === 'modal' ? pressed.view.id : null),
  ),
};

export const connectCommand = command({
  name: 'connect',
  usage: 'connect',
  does: 'my own Syncro key, so that I write under my own name; typed into a form only',
  example: 'connect',
  parse: (words) => (words.length === 0 ? understood(null) : keyTyped('Keys go into the form only.')),
  run: (asked: Asked<KeysUse>) => openConnectForm(asked, ''),
});
