import type { Check, Checks } from './check.ts';
import { placed } from './element-fields.ts';
import { optionGroup, optionsOrGroups, plainOption, presetIsOffered } from './options.ts';
import { both, list, object } from './structures.ts';
import { id } from './text.ts';
import { boolean, integer, oneOf } from './values.ts';

export const select = (may: Checks): Check => object({ may: { ...placed, ...may } });
export const staticSelect = (may: Checks): Check =>
  both(
    select({ options: list(plainOption, 1, 100), option_groups: list(optionGroup, 1, 100), ...may }),
    optionsOrGroups,
    presetIsOffered,
  );
export const multi = { max_selected_items: integer(1, 100) };
export const ids = list(id, 0, 100);
export const conversationFilter = {
  default_to_current_conversation: boolean,
  filter: object({
    may: {
      include: list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
      exclude_external_shared_channels: boolean,
      exclude_bot_users: boolean,
    },
  }),
};
export const respondable = { response_url_enabled: boolean };
