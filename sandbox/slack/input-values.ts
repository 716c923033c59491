import { elementsOf, optionsOf } from './elements.ts';
import { type Json, textOf } from './json.ts';
import type { InputValue, StateValues } from './workspace.ts';

/** Element type → the key of its value in `state.values`, and the key of its preset. */
const VALUE_KEYS: ReadonlyMap<string, readonly [value: string, preset: string, empty: unknown]> = new Map([
  ['plain_text_input', ['value', 'initial_value', null]],
  ['number_input', ['value', 'initial_value', null]],
  ['email_text_input', ['value', 'initial_value', null]],
  ['url_text_input', ['value', 'initial_value', null]],
  ['rich_text_input', ['rich_text_value', 'initial_value', null]],
  ['static_select', ['selected_option', 'initial_option', null]],
  ['external_select', ['selected_option', 'initial_option', null]],
  ['radio_buttons', ['selected_option', 'initial_option', null]],
  ['checkboxes', ['selected_options', 'initial_options', []]],
  ['multi_static_select', ['selected_options', 'initial_options', []]],
  ['multi_external_select', ['selected_options', 'initial_options', []]],
  ['datepicker', ['selected_date', 'initial_date', null]],
  ['timepicker', ['selected_time', 'initial_time', null]],
  ['datetimepicker', ['selected_date_time', 'initial_date_time', null]],
  ['users_select', ['selected_user', 'initial_user', null]],
  ['multi_users_select', ['selected_users', 'initial_users', []]],
  ['channels_select', ['selected_channel', 'initial_channel', null]],
  ['multi_channels_select', ['selected_channels', 'initial_channels', []]],
  ['conversations_select', ['selected_conversation', 'initial_conversation', null]],
  ['multi_conversations_select', ['selected_conversations', 'initial_conversations', []]],
  ['file_input', ['files', '', []]],
]);

/** @returns undefined for elements that keep no value, such as buttons. */
export const valueKey = (elementType: unknown): string | undefined => VALUE_KEYS.get(textOf(elementType))?.[0];

/** The value of an element in Slack's shape. */
export const valueFor = (element: Json, value: unknown): InputValue => {
  const type = textOf(element.type);
  return { type, [valueKey(type) ?? 'value']: value };
};

const initial = (element: Json): InputValue | undefined => {
  const keys = VALUE_KEYS.get(textOf(element.type));
  if (!keys) return undefined;
  const [, preset, empty] = keys;
  return valueFor(element, element[preset] ?? empty);
};

const stillOffered = (element: Json, value: InputValue): boolean => {
  if (element.type !== 'static_select' && element.type !== 'radio_buttons') return true;
  const chosen = value.selected_option;
  return chosen === null || optionsOf(element).some((option) => JSON.stringify(option) === JSON.stringify(chosen));
};

/**
 * What the inputs hold once the blocks are shown: what was there before when block id, action id and type are the same
 * (Slack then ignores a new preset, even over an empty field), else the preset.
 */
export const carryValues = (blocks: readonly Json[], before: StateValues): StateValues => {
  const values: StateValues = new Map();
  for (const { element, blockId, actionId } of elementsOf(blocks)) {
    const preset = initial(element);
    if (!preset) continue;
    const kept = before.get(blockId)?.get(actionId);
    const usable = kept !== undefined && kept.type === preset.type && stillOffered(element, kept);
    setValue(values, blockId, actionId, usable ? kept : preset);
  }
  return values;
};

export const setValue = (values: StateValues, blockId: string, actionId: string, value: InputValue): void => {
  const row = values.get(blockId) ?? new Map<string, InputValue>();
  values.set(blockId, row);
  row.set(actionId, value);
};

/** `state.values` as it goes out. */
export const stateJson = (values: StateValues): Json =>
  Object.fromEntries([...values].map(([blockId, row]) => [blockId, Object.fromEntries(row)]));

/** Nothing chosen, nothing typed. */
export const isEmpty = (value: InputValue | undefined): boolean => {
  const held = value?.[valueKey(value.type) ?? 'value'];
  return held === undefined || held === null || held === '' || (Array.isArray(held) && held.length === 0);
};
