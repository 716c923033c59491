/** So near to its end a list counts as read to its end. */
const NEAR_PX = 80;

/** Whether the reader is at the newest message, and stays there when more comes or the window changes. */
let isAtEnd = true;
let height = 0;

const list = (): HTMLElement | null => document.getElementById('messages');

/** Who writes, or comes somewhere else, wants to see the newest. */
export const goToEnd = (): void => {
  isAtEnd = true;
};

export const stayAtEnd = (): void => {
  const shown = list();
  if (!shown) return;
  height = shown.clientHeight;
  if (isAtEnd) shown.scrollTop = shown.scrollHeight;
};

export const onScroll = ({ target }: Event): void => {
  if (!(target instanceof HTMLElement) || target !== list()) return;
  // The window moved the end away, not the reader.
  if (target.clientHeight !== height) stayAtEnd();
  else isAtEnd = target.scrollHeight - target.scrollTop - target.clientHeight < NEAR_PX;
};
