import type { Demo } from '../../../sandbox/page/start-demo.ts';

/** Somebody at the page: in a browser, or through the page's own HTTP endpoints. Everything is found by its words. */
export type Driver = {
  /** Writes into the composer of #general and sends it. */
  readonly say: (text: string) => Promise<void>;
  /** Types into a field of the form on top. */
  readonly fill: (label: string, text: string) => Promise<void>;
  /** In a select or radio buttons of the form on top. */
  readonly choose: (label: string, option: string) => Promise<void>;
  /** Types into a typeahead and takes what it offers. @returns what was offered */
  readonly search: (label: string, query: string, option: string) => Promise<readonly string[]>;
  /** The form's own button on the right. */
  readonly submit: (button: string | RegExp) => Promise<void>;
  /** Away with all forms. */
  readonly leave: () => Promise<void>;
  /** One of the app's buttons, the last that reads so. */
  readonly press: (button: string) => Promise<void>;
  /** A shortcut in the menu of the message with these words. */
  readonly shortcutOf: (words: string, name: string) => Promise<void>;
  readonly become: (name: string) => Promise<void>;
  /** A switch of Syncro's pane, by its words. */
  readonly turn: (label: string) => Promise<void>;
  /** The customer of this ticket answers by mail. */
  readonly reply: (number: number) => Promise<void>;
  /** To the app's direct messages, and back to #general. */
  readonly go: (place: 'messages' | 'home' | 'general') => Promise<void>;
  /** Waits until what is seen of Slack reads so. */
  readonly sees: (pattern: RegExp, timeoutMs?: number) => Promise<void>;
  /** Waits until Syncro's pane reads so. */
  readonly seesInSyncro: (pattern: RegExp, timeoutMs?: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type Open = (demo: Demo) => Promise<Driver>;

/** Short of Jest's own patience, which says nothing of what is there instead. */
const WAITS_MS = 540_000;

/** Asks again until there is an answer. @throws with what there is instead */
export const waitFor = async (what: string, read: () => Promise<string>, pattern: RegExp, timeoutMs = WAITS_MS) => {
  let text = '';
  for (const end = Date.now() + timeoutMs; Date.now() < end; ) {
    text = await read();
    if (pattern.test(text)) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`no ${String(pattern)} in ${what} within ${timeoutMs} ms; there is:\n${text.slice(-2_000)}`);
};
