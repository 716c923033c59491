/** What somebody typed into a field of the app's, key by key. */
const typed = new WeakMap<Element, Set<string>>();

export const noteTyped = (element: Element, text: string): void => {
  typed.set(element, (typed.get(element) ?? new Set()).add(text));
};

/** Whether this only comes back from Slack: whoever types there may be further by now. */
export const isEcho = (element: Element, text: string): boolean =>
  document.activeElement === element && (typed.get(element)?.has(text) ?? false);
