import { openConnectForm } from '../forms/open-connect.ts';
import { CONNECT } from '../messages/connect-row.ts';
import type { Actions } from './pressed.ts';

/** In a form the key is asked for on top of it, so that nothing that was typed is lost. */
export const keyActions: Actions = {
  [CONNECT]: (pressed) =>
    openConnectForm(pressed, pressed.value, pressed.view?.type === 'modal' ? pressed.view.id : null),
};
