import { setDraft, writeForThem } from './draft.ts';
import { showThread } from './go.ts';
import { leave, submit } from './pressing.ts';
import { say } from './say.ts';
import { change, received, ui } from './state.ts';
import { suggestions } from './suggestions.ts';
import { activeOption, closeTypeahead, moveInTypeahead, takeOption } from './typeahead.ts';

/** @returns whether the key did something here */
const inComposer = (event: KeyboardEvent): boolean => {
  const found = suggestions();
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (found.length > 0 && step !== 0) {
    change({ picked: (Math.max(ui.picked, step > 0 ? -1 : 0) + step + found.length) % found.length });
    return true;
  }
  const takes = event.key === 'Tab' || (event.key === 'Enter' && ui.picked >= 0);
  const chosen = found[Math.max(0, ui.picked)];
  if (takes && chosen && !event.shiftKey) {
    writeForThem(chosen.completion);
    setDraft(chosen.completion);
    return true;
  }
  if (event.key === 'Escape' && found.length > 0) {
    change({ suggesting: false, picked: -1 });
    return true;
  }
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return false;
  void say();
  return true;
};

const inTypeahead = (event: KeyboardEvent): boolean => {
  if (!ui.typeahead) return false;
  if (event.key === 'ArrowDown') moveInTypeahead(1);
  else if (event.key === 'ArrowUp') moveInTypeahead(-1);
  else if (event.key === 'Escape') closeTypeahead();
  else if (event.key === 'Enter') {
    const option = activeOption();
    if (option !== null) takeOption(option);
  } else return false;
  return true;
};

/** Tab goes round in the dialog; F6 leaves for the other pane. */
const keepInside = (event: KeyboardEvent, box: HTMLElement): boolean => {
  const stops = [...box.querySelectorAll<HTMLElement>('button, input, select, textarea, a[href], summary')].filter(
    (element) => !element.hasAttribute('disabled') && element.offsetParent !== null,
  );
  const end = event.shiftKey ? stops[0] : stops.at(-1);
  const inside = document.activeElement !== box && box.contains(document.activeElement);
  if (inside && document.activeElement !== end) return false;
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  return true;
};

const inDialog = (event: KeyboardEvent, box: HTMLElement): boolean => {
  if (event.key === 'Tab') return keepInside(event, box);
  if (event.key === 'Escape') {
    if (ui.confirm) change({ confirm: null });
    else void leave(false);
    return true;
  }
  const isLine = event.target instanceof HTMLInputElement && event.target.matches('.text');
  const sends = event.key === 'Enter' && (isLine || event.ctrlKey || event.metaKey) && !event.isComposing;
  if (sends && !ui.confirm) void submit();
  return sends;
};

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The one of the same kind beside this one, round and round. */
const beside = (element: Element, all: string, step: number): HTMLElement | undefined => {
  const list = [...(element.closest('[role="menu"], [role="tablist"]')?.querySelectorAll<HTMLElement>(all) ?? [])];
  return list.at((list.findIndex((each) => each.isSameNode(element)) + step) % list.length);
};

const inMenu = (event: KeyboardEvent, item: HTMLElement): boolean => {
  const step = STEPS[event.key];
  if (step !== undefined) beside(item, '[role="menuitem"]', step)?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') change({ menu: null });
  else return false;
  return true;
};

const inTabs = (event: KeyboardEvent, tab: HTMLElement): boolean => {
  const step = STEPS[event.key];
  if (step === undefined) return false;
  const next = beside(tab, '[role="tab"]', step);
  next?.focus();
  next?.click();
  return true;
};

const changePane = (): void => {
  const isThere = document.getElementById('syncro')?.contains(document.activeElement) ?? false;
  const next = isThere ? ['confirm', 'dialog', 'composer', 'slack'] : ['syncro'];
  next
    .map((id) => document.getElementById(id))
    .find((element) => element !== null)
    ?.focus();
};

const handle = (event: KeyboardEvent): boolean => {
  const { target } = event;
  if (event.key === 'F6') {
    changePane();
    return true;
  }
  if (target instanceof HTMLInputElement && target.dataset.kind === 'typeahead' && inTypeahead(event)) return true;
  if (target instanceof HTMLTextAreaElement && target.id === 'composer' && inComposer(event)) return true;
  if (target instanceof HTMLElement && target.matches('[role="menuitem"]') && inMenu(event, target)) return true;
  if (target instanceof HTMLElement && target.matches('[role="tab"]') && inTabs(event, target)) return true;
  const syncro = document.getElementById('syncro');
  const box = document.getElementById(ui.confirm ? 'confirm' : 'dialog');
  if (box && (received.stack?.length || ui.confirm) && !syncro?.contains(document.activeElement))
    return inDialog(event, box);
  if (event.key !== 'Escape') return false;
  if (ui.menu !== null) change({ menu: null });
  else if (ui.thread !== null) showThread(null);
  return true;
};

export const onKey = (event: KeyboardEvent): void => {
  if (handle(event)) event.preventDefault();
};
