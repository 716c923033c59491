import { textOf } from '../../slack/json.ts';
import { enter, troubleWords } from './entering.ts';
import { act } from './server.ts';
import { redraw, type Target, ui } from './state.ts';
import { elementJson } from './targets.ts';

const DEBOUNCE_MS = 250;
/** Slack's own, where the app says nothing. */
const DEFAULT_MIN_LENGTH = 3;

let timer = 0;
let turn = 0;

const ask = async (target: Target, query: string): Promise<void> => {
  const own = ++turn;
  const { ok, error = '', options = [] } = await act({ do: 'suggest', ...target, query });
  if (own !== turn || !ui.typeahead) return;
  ui.typeahead = {
    ...ui.typeahead,
    options,
    active: 0,
    words: ok ? (options.length === 0 ? 'No results' : '') : troubleWords(error),
  };
  redraw();
};

/** What somebody types into a typeahead; asks the app once they pause. */
export const searchOptions = (target: Target, query: string): void => {
  const { min_query_length: given } = elementJson(target);
  const least = typeof given === 'number' ? given : DEFAULT_MIN_LENGTH;
  clearTimeout(timer);
  turn += 1;
  const isEnough = query.length >= least;
  ui.typeahead = {
    target,
    query,
    options: null,
    active: 0,
    words: isEnough ? 'Searching…' : `Type ${least === 1 ? 'a letter' : `${least} letters`} to search`,
  };
  redraw();
  if (isEnough) timer = window.setTimeout(() => void ask(target, query), DEBOUNCE_MS);
};

export const closeTypeahead = (): void => {
  if (!ui.typeahead) return;
  clearTimeout(timer);
  turn += 1;
  ui.typeahead = null;
  redraw();
};

export const moveInTypeahead = (by: number): void => {
  const open = ui.typeahead;
  const count = open?.options?.length ?? 0;
  if (!open || count === 0) return;
  ui.typeahead = { ...open, active: (open.active + by + count) % count };
  redraw();
};

export const takeOption = (value: string): void => {
  const open = ui.typeahead;
  if (!open) return;
  closeTypeahead();
  void enter(open.target, value);
};

/** What Enter takes. */
export const activeOption = (): string | null => {
  const open = ui.typeahead;
  return textOf(open?.options?.[open.active]?.value) || null;
};
