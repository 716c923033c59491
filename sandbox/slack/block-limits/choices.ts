import type { Checks } from './check.ts';
import { common, focus } from './element-fields.ts';
import { plainOption, presetIsOffered, richOption } from './options.ts';
import { conversationFilter, ids, multi, respondable, select, staticSelect } from './selects.ts';
import { both, list, object } from './structures.ts';
import { id } from './text.ts';
import { integer, pattern, string } from './values.ts';

const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time');
const date = pattern(/^\d{4}-\d\d-\d\d$/, 'must be a valid date');

/** Elements that people choose in: they stand in forms, sections and actions. */
export const INTERACTIVE: Checks = {
  checkboxes: both(
    object({
      need: { options: list(richOption, 1, 10) },
      may: { ...common, ...focus, initial_options: list(richOption, 1, 10) },
    }),
    presetIsOffered,
  ),
  radio_buttons: both(
    object({ need: { options: list(richOption, 1, 10) }, may: { ...common, ...focus, initial_option: richOption } }),
    presetIsOffered,
  ),
  datepicker: select({ initial_date: date }),
  datetimepicker: object({ may: { ...common, ...focus, initial_date_time: integer(1_000_000_000, 9_999_999_999) } }),
  timepicker: select({ initial_time: time, timezone: string(100) }),
  static_select: staticSelect({ initial_option: plainOption }),
  multi_static_select: staticSelect({ initial_options: list(plainOption, 1, 100), ...multi }),
  external_select: select({ initial_option: plainOption, min_query_length: integer(0, 150) }),
  multi_external_select: select({
    initial_options: list(plainOption, 1, 100),
    min_query_length: integer(0, 150),
    ...multi,
  }),
  users_select: select({ initial_user: id }),
  multi_users_select: select({ initial_users: ids, ...multi }),
  channels_select: select({ initial_channel: id, ...respondable }),
  multi_channels_select: select({ initial_channels: ids, ...multi }),
  conversations_select: select({ initial_conversation: id, ...conversationFilter, ...respondable }),
  multi_conversations_select: select({ initial_conversations: ids, ...conversationFilter, ...multi }),
};
