import type { Checks } from './check.ts';
import { common, confirm } from './element-fields.ts';
import { plainOption } from './options.ts';
import { list, object } from './structures.ts';
import { id, plain, url } from './text.ts';
import { any, oneOf, string } from './values.ts';

export const button = object({
  need: { text: plain(75) },
  may: {
    ...common,
    value: string(2000),
    url: url(),
    style: oneOf('primary', 'danger'),
    accessibility_label: string(75),
  },
});
export const feedback = object({
  need: { text: plain(75), value: string(2000) },
  may: { accessibility_label: string(75) },
});
/** Elements that hold no value: they stand in sections and actions, not in forms. */
export const PRESSED: Checks = {
  button,
  overflow: object({ need: { options: list(plainOption, 1, 5) }, may: common }),
  workflow_button: object({
    need: { text: plain(75), workflow: any },
    may: { action_id: id, confirm, style: oneOf('primary', 'danger'), accessibility_label: string(75) },
  }),
};
