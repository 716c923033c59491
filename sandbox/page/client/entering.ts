import type { Outcome } from '../acts.ts';
import { notify } from './notify.ts';
import { act } from './server.ts';
import { redraw, type Target, ui } from './state.ts';
import { elementJson } from './targets.ts';

const SOON_MS = 150;

/** In Slack's words, with its own name for it. */
const TROUBLE = 'We had some trouble connecting. Try again?';
const isCode = (error: string): boolean => /^[a-z_]+$/.test(error);
export const troubleWords = (error: string): string => (isCode(error) ? `${TROUBLE} (${error})` : error);

/** Says that something failed where it was done: on the form, or as a notice. */
export const report = ({ where }: Pick<Target, 'where'>, { ok, error = 'no_answer' }: Outcome): void => {
  if ('view' in where) ui.failed.delete(where.view);
  if (!ok && 'view' in where) ui.failed.set(where.view, troubleWords(error));
  else if (!ok) notify(troubleWords(error));
  redraw();
};

type Waiting = { readonly timer: number; readonly send: () => Promise<void> };
const waiting = new Map<string, Waiting>();
let under: Promise<unknown> = Promise.resolve();
const keyOf = ({ where, block, action }: Target): string => JSON.stringify([where, block, action]);

/** Puts a value in, one after the other. */
export const enter = (target: Target, value: string | readonly string[] | null): Promise<void> => {
  const done = under
    .then(() =>
      act({ do: 'enter', ...target, value: typeof value === 'string' || value === null ? value : [...value] }),
    )
    .then((outcome) => report(target, outcome));
  under = done;
  return done;
};

/** Text goes along a moment after the last key. */
export const type = (target: Target, text: string): void => {
  const key = keyOf(target);
  clearTimeout(waiting.get(key)?.timer);
  const send = (): Promise<void> => {
    clearTimeout(waiting.get(key)?.timer);
    waiting.delete(key);
    return enter(target, text);
  };
  waiting.set(key, { send, timer: window.setTimeout(() => void send(), SOON_MS) });
};

/** Everything that was typed is with Slack: before a button is pressed. */
export const flush = async (): Promise<void> => {
  for (const { send } of waiting.values()) void send();
  await under;
};

/** With the dialog that the app asks for first. */
export const afterConfirm = (target: Target, go: () => void): void => {
  const { confirm } = elementJson(target);
  if (typeof confirm !== 'object' || confirm === null) {
    go();
    return;
  }
  ui.confirm = { dialog: { ...confirm }, accept: go };
  redraw();
};
