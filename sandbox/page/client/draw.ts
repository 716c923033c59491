import { h } from '../../picture/tree.ts';
import { confirmDialog, modal, notices } from './over-tree.ts';
import { patchChildren } from './patch.ts';
import { goToEnd, stayAtEnd } from './reading.ts';
import { slackWindow } from './slack-tree.ts';
import { channelHere, messages, received, ui } from './state.ts';
import { paneTabs, syncroPane } from './syncro-tree.ts';

let topView = '';
let listShown = '';
let cameFrom: HTMLElement | null = null;

/** Into a new form, and back to where one was when the last is gone. */
const moveFocus = (): void => {
  const now = ui.confirm ? 'confirm' : (received.stack?.at(-1)?.id ?? '');
  if (now === topView) return;
  if (topView === '' && document.activeElement instanceof HTMLElement) cameFrom = document.activeElement;
  topView = now;
  if (now === '') {
    (cameFrom?.isConnected ? cameFrom : document.getElementById('composer'))?.focus();
    return;
  }
  const box = document.getElementById(ui.confirm ? 'confirm' : 'dialog');
  const first = box?.querySelector<HTMLElement>('.content input, .content textarea, .content select');
  (first ?? box?.querySelector<HTMLElement>('.footer .primary') ?? box)?.focus();
};

let menuShown: string | null = null;

/** Into a menu that opens, and back to its button when it closes. */
const moveIntoMenu = (): void => {
  if (ui.menu === menuShown) return;
  const was = menuShown;
  menuShown = ui.menu;
  if (ui.menu !== null) {
    document.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    document.querySelector('[role="menu"]')?.scrollIntoView({ block: 'nearest' });
  }
  if (ui.menu === null && document.activeElement === document.body)
    [...document.querySelectorAll<HTMLElement>('[data-menu]')].find(({ dataset }) => dataset.menu === was)?.focus();
};

const markSeen = (): void => {
  const here = channelHere();
  const isShown = ui.place.kind === 'channel' || ui.place.tab === 'messages';
  const last = messages().findLast(({ channel }) => channel === here);
  if (last && isShown) ui.seen.set(here, last.ts);
};

/** Who begins to act as somebody else may not be in the channel that was open. */
const stayWhereAllowed = (): void => {
  const { channels } = received;
  const { place } = ui;
  if (!channels || place.kind !== 'channel' || channels.some(({ id }) => id === place.id)) return;
  const first = channels.find(({ kind }) => kind !== 'im');
  ui.place = first ? { kind: 'channel', id: first.id } : { kind: 'app', tab: 'messages' };
};

/** Draws everything from what is known. */
export const draw = (): void => {
  const root = document.getElementById('page');
  if (!root || !received.info) return;
  stayWhereAllowed();
  markSeen();
  const where = `${channelHere()} ${ui.thread ?? ''} ${ui.as}`;
  if (where !== listShown) goToEnd();
  listShown = where;
  patchChildren(root, [
    h(
      'div',
      { class: 'panels', 'data-pane': ui.pane, 'data-key': 'panels' },
      h(
        'div',
        { class: 'slack', 'data-key': 'slack', id: 'slack', tabindex: '-1' },
        slackWindow(),
        ...[modal(), confirmDialog(), notices()].filter((each) => each !== null),
      ),
      syncroPane(),
    ),
    paneTabs(),
  ]);
  stayAtEnd();
  moveIntoMenu();
  moveFocus();
  // What the arrow keys chose is in sight.
  document.querySelector('[role="option"].here')?.scrollIntoView({ block: 'nearest' });
};
