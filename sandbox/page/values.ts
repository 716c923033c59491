import { calendarIn } from '../../src/shared/calendar.ts';
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
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** `2026-12-01T17:30` by the clock on a person's wall, in seconds since 1970. */
const seconds = (local: string, timeZone: string): number => {
  const utc = Date.parse(`${local}:00Z`);
  const wall = (at: number) => Date.parse(`${calendarIn(timeZone).moment(at).replace(' ', 'T')}:00Z`);
  const utcAt = (guess: number) => utc - (wall(guess) - guess);
  return utcAt(utcAt(utc)) / 1000;
};

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
      if (type === 'datetimepicker')
        return typeof given === 'string' && LOCAL_TIME.test(given) ? seconds(given, user.tz) : null;
      return given === '' ? null : given;
    },
  };
};
