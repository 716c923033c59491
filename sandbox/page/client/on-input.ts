import { setDraft } from './draft.ts';
import { enter, flush, type } from './entering.ts';
import { become } from './go.ts';
import { look, turn } from './server.ts';
import { redraw, ui } from './state.ts';
import { targetOf } from './targets.ts';
import { closeTypeahead, searchOptions } from './typeahead.ts';
import { noteTyped } from './typed.ts';

const number = (text: string): number => Number(text.replace(/\D/g, '')) || 0;

/** While somebody types. */
export const onInput = ({ target: element }: Event): void => {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return;
  const target = targetOf(element);
  if (element.id === 'composer') setDraft(element.value);
  else if (element.id === 'latency') void turn({ set: 'latency', ms: Number(element.value) });
  else if (target && element.dataset.kind === 'typeahead') searchOptions(target, element.value);
  else if (target && element.matches('.text')) {
    noteTyped(element, element.value);
    type(target, element.value);
  }
};

const chosenIn = (group: Element): readonly string[] =>
  [...group.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value);

/** What a control of the app holds once somebody has chosen; undefined: it is text, which went along as it was typed. */
const chosenValue = (element: HTMLInputElement | HTMLSelectElement): string | readonly string[] | null | undefined => {
  const group = element.closest('.choices');
  if (group) return element.type === 'radio' ? (chosenIn(group)[0] ?? null) : chosenIn(group);
  if (element instanceof HTMLSelectElement || element.type === 'date' || element.type === 'datetime-local')
    return element.value === '' ? null : element.value;
  return undefined;
};

/** Once somebody has chosen. */
export const onChange = ({ target: element }: Event): void => {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLSelectElement)) return;
  const target = targetOf(element);
  if (element.id === 'acting') become(element.value);
  else if (element.id === 'ticket') {
    look({ ticket: number(element.value) });
    redraw();
  } else if (target && element.dataset.kind !== 'typeahead') {
    const value = chosenValue(element);
    void (value === undefined ? flush() : enter(target, value));
  }
};

/** Opens a typeahead with what it offers at once, and closes it when somebody goes on. */
export const onFocusIn = ({ target: element }: FocusEvent): void => {
  const isTypeahead = element instanceof HTMLInputElement && element.dataset.kind === 'typeahead';
  if (!isTypeahead) closeTypeahead();
  const target = isTypeahead ? targetOf(element) : null;
  if (isTypeahead && target && ui.typeahead?.target.block !== target.block) {
    element.select();
    searchOptions(target, '');
  }
};
