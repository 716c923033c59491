import { optionsOf, type Placed } from '../slack/elements.ts';
import { valueKey } from '../slack/input-values.ts';
import { isJson, type Json, textOf } from '../slack/json.ts';
import { messageValues } from '../slack/messages.ts';
import type { Place } from '../slack/payloads.ts';
import type { User } from '../slack/workspace.ts';
import { Refused } from './refused.ts';

type Given = string | readonly string[] | null;

const heldOptions = (user: User, place: Place, { blockId, actionId }: Placed): readonly Json[] => {
  const values = place.kind === 'view' ? place.view.values : messageValues(place.message, user.id);
  const value = values.get(blockId)?.get(actionId);
  return [value?.[valueKey(value.type) ?? 'value']].flat().filter(isJson);
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Turns what the page sends (texts, and the `value` of options) into what Slack would send. */
export const createOffers = () => {
  /** What the typeaheads offered last, by person and element. */
  const offered = new Map<string, readonly Json[]>();
  const key = (user: User, { blockId, actionId }: Placed): string => [user.id, blockId, actionId].join(' ');

  return {
    remember: (user: User, placed: Placed, options: readonly Json[]): void => {
      offered.set(key(user, placed), options);
    },
    /** @throws Refused for an option that isn't offered */
    valueOf: (user: User, place: Place, placed: Placed, given: Given): unknown => {
      const type = textOf(placed.element.type);
      const chosen = (value: string): Json => {
        const options = [
          ...optionsOf(placed.element),
          ...(offered.get(key(user, placed)) ?? []),
          ...heldOptions(user, place, placed),
        ];
        const option = options.find((each) => each.value === value);
        if (!option) throw new Refused('That choice is not offered any more.');
        return option;
      };
      if (/^(static_select|external_select|radio_buttons|overflow)$/.test(type))
        return given === null ? null : chosen([given].flat()[0] ?? '');
      if (/^(checkboxes|multi_static_select|multi_external_select)$/.test(type))
        return [given ?? []].flat().map(chosen);
      if (type === 'datepicker') return typeof given === 'string' && DATE.test(given) ? given : null;
      return given === '' ? null : given;
    },
  };
};
