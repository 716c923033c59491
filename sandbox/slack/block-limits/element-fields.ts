import { list, object } from './structures.ts';
import { id, plain, text } from './text.ts';
import { boolean, oneOf } from './values.ts';

/** The dialog before an action. */
export const confirm = object({
  need: { title: plain(100), text: text(300), confirm: plain(30), deny: plain(30) },
  may: { style: oneOf('primary', 'danger') },
});
/** Fields that elements share; each takes those that Slack allows it. */
export const focus = { focus_on_load: boolean };
export const common = { action_id: id, confirm };
export const placed = { ...common, ...focus, placeholder: plain(150) };
const dispatch = {
  dispatch_action_config: object({
    may: { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2) },
  }),
};
export const typedInput = { action_id: id, ...focus, placeholder: plain(150), ...dispatch };
