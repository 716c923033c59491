import { type ActResult, actResult, fits } from './act-result.ts';
import { act, enterValue, suggest } from './acts-on-blocks.ts';
import type { Wiring } from './acts-on-commands.ts';
import { until } from './changes.ts';
import { optionsOf, optionText, type Placed } from './elements.ts';
import { findInput, findPress, pickOption } from './find-element.ts';
import { flattenView } from './flatten.ts';
import type { Names } from './flatten-text.ts';
import { valueKey } from './input-values.ts';
import { isJson, type Json, jsonsOf } from './json.ts';
import type { Place } from './payloads.ts';
import type { User, View } from './workspace.ts';

export type PersonWiring = Wiring & { readonly user: User; readonly names: Names };

/** What modals and Homes have in common: things to read, press, choose and fill in, found by what people see. */
export type ViewHandle = {
  /** As Slack knows it. */
  readonly raw: View;
  /** All visible text: a line per block, buttons as `[Bill $112.50]`, options as `( ) a (•) b`. */
  readonly text: () => string;
  /** @throws when people choose or pick there instead of typing. */
  readonly type: (label: string, value: string) => Promise<ActResult>;
  /** By the option's text: selects, radio buttons, checkboxes (added), typeaheads (after typing the text). */
  readonly choose: (label: string, option: string) => Promise<ActResult>;
  /** What a typeahead offers for a query. */
  readonly typeahead: (label: string, query: string) => Promise<readonly string[]>;
  /** @param date `YYYY-MM-DD` */
  readonly pickDate: (label: string, date: string) => Promise<ActResult>;
  /** @param at epoch milliseconds; Slack keeps whole minutes, in seconds */
  readonly pickTime: (label: string, at: number) => Promise<ActResult>;
  /** What an input holds: its text, the chosen option's text, a date; '' for nothing. */
  readonly value: (label: string) => string;
  readonly press: (button: string) => Promise<ActResult>;
  /** Waits until the text contains it. */
  readonly waitFor: (pattern: string | RegExp, options?: { readonly timeoutMs?: number }) => Promise<void>;
};

/** Chooses by text in whatever kind of select it is. */
export const chooseOption = async (
  wiring: PersonWiring,
  place: Place,
  placed: Placed,
  words: string,
  held: unknown,
): Promise<ActResult> => {
  const { user, core } = wiring;
  const type = String(placed.element.type);
  const enter = async (value: unknown): Promise<ActResult> =>
    actResult(await enterValue(wiring, user, place, placed, value));
  if (type.includes('users_select')) {
    const people = [...core.workspace.users.values()];
    return enter(people.find(({ name, id }) => name === words || id === words)?.id ?? words);
  }
  if (type.includes('channels_select') || type.includes('conversations_select')) {
    const channels = [...core.workspace.channels.values()];
    return enter(channels.find(({ name, id }) => `#${name}` === words || name === words || id === words)?.id ?? words);
  }
  const external = type.includes('external_select');
  const options = external ? (await suggest(wiring, user, place, placed, words)).options : optionsOf(placed.element);
  const option = pickOption(options, words);
  const many = type === 'checkboxes' || type.startsWith('multi_');
  return enter(many ? [...(Array.isArray(held) ? held : []), option] : option);
};

const heldBy = (view: View, { blockId, actionId }: Placed): unknown => {
  const value = view.values.get(blockId)?.get(actionId);
  return value?.[valueKey(value.type) ?? 'value'];
};

const words = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(words).join(', ');
  return isJson(value) ? optionText(value) : String(value ?? '');
};

/** A bare string in a select is nothing that Slack would ever send. */
const refuseTyping = (label: string, { element }: Placed): void => {
  const kind = String(element.type);
  const way = /select$|^radio_buttons$|^checkboxes$|^overflow$/.test(kind)
    ? 'choose'
    : kind === 'datepicker'
      ? 'pickDate'
      : kind === 'datetimepicker'
        ? 'pickTime'
        : undefined;
  if (way) throw new Error(`"${label}" is a ${kind}, where nobody can type: use ${way}('${label}', …)`);
};

/** `ready` throws when a person could not reach the view just now. */
export const viewHandle = (wiring: PersonWiring, view: View, ready: () => void): ViewHandle => {
  const place: Place = { kind: 'view', view };
  const blocks = (): readonly Json[] => jsonsOf(view.source.blocks);
  const text = (): string =>
    flattenView(view.source, { values: view.values, errors: view.errors, names: wiring.names });
  const input = (label: string): Placed => {
    ready();
    return findInput(blocks(), label);
  };
  const enter = async (placed: Placed, value: unknown): Promise<ActResult> =>
    actResult(await enterValue(wiring, wiring.user, place, placed, value));
  return {
    raw: view,
    text,
    type: async (label, value) => {
      const placed = input(label);
      refuseTyping(label, placed);
      return enter(placed, value === '' ? null : value);
    },
    choose: (label, option) => {
      const placed = input(label);
      return chooseOption(wiring, place, placed, option, heldBy(view, placed));
    },
    typeahead: async (label, query) => {
      const { options } = await suggest(wiring, wiring.user, place, input(label), query);
      return options.map(optionText);
    },
    pickDate: (label, date) => enter(input(label), date),
    pickTime: (label, at) => enter(input(label), Math.floor(at / 60_000) * 60),
    value: (label) => words(heldBy(view, findInput(blocks(), label))),
    press: async (button) => {
      ready();
      const { placed, chosen } = findPress(blocks(), button);
      return actResult(await act(wiring, wiring.user, place, placed, chosen));
    },
    waitFor: (pattern, { timeoutMs = wiring.core.changes.lookMs } = {}) =>
      until(
        wiring.core.changes,
        () => (fits(text(), pattern) ? true : undefined),
        timeoutMs,
        (waitedMs) => `no ${String(pattern)} within ${waitedMs} ms in:\n${text()}`,
      ).then(() => undefined),
  };
};
