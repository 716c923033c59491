import { CONNECT } from '../../../slack/connect-row.ts';
import type { Actions } from '../../../slack/pressed.ts';
import { openConnectForm } from './open-connect.ts';

/** In a form the key is asked for on top of it, so that nothing that was typed is lost. */
export const keyActions: Actions = {
  [CONNECT]: (pressed) =>
    openConnectForm(pressed, pressed.value, pressed.view?.type === 'modal' ? pressed.view.id : null),
};
