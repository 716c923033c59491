import { type Action, type Actions, formOf, fromAnotherTime, numberOf } from '../../../slack/pressed.ts';
import { CHOOSE_BUTTONS } from './choose-ticket.ts';
import { PURPOSES } from './choose-ticket-purpose.ts';

/** One of the tickets that were offered: on to the form, without another press. */
const chooseOffered: Action = async (pressed) => {
  const purpose = PURPOSES.find(({ callbackId }) => callbackId === pressed.view?.callbackId);
  if (!purpose) throw fromAnotherTime();
  const { formId, viewId } = formOf(pressed);
  const { draft } = await pressed.deps.use.opened.own(pressed.technician, formId);
  await purpose.open(pressed, numberOf(pressed.value), draft ?? {}, viewId);
};

export const chooserActions: Actions = Object.fromEntries(CHOOSE_BUTTONS.map((actionId) => [actionId, chooseOffered]));
