import { h } from '../../picture/tree.ts';
import { guidance } from './bar-tree.ts';
import { confirmDialog, modal, notices } from './over-tree.ts';
import { patchChildren } from './patch.ts';
import { followPath } from './path.ts';
import { goToEnd, stayAtEnd } from './reading.ts';
import { slackWindow } from './slack-tree.ts';
import { channelHere, messages, received, ui } from './state.ts';
import { paneTabs, syncroPane } from './syncro-tree.ts';

let topView = '';
let askedFor = '';
let listShown = '';
let pointedAt: string | null = null;
let cameFrom: HTMLElement | null = null;

/** Into a new form or the field that it asks for, and back to where one was when the last is gone. */
const moveFocus = (): void => {
  const now = ui.confirm ? 'confirm' : (received.stack?.at(-1)?.id ?? '');
  const box = document.getElementById(ui.confirm ? 'confirm' : 'dialog');
  const asked = box?.querySelector<HTMLElement>('.content [data-focus]');
  // A form that opened before Syncro answered has its fields later.
  const field = asked ? `${now} ${asked.dataset.block} ${asked.dataset.action}` : '';
  const isAskedAnew = field !== '' && field !== askedFor;
  askedFor = field;
  if (now === topView && !isAskedAnew) return;
  if (topView === '' && document.activeElement instanceof HTMLElement) cameFrom = document.activeElement;
  topView = now;
  if (now === '') {
    (cameFrom?.isConnected ? cameFrom : document.getElementById('composer'))?.focus();
    return;
  }
  const fields = [...(box?.querySelectorAll<HTMLElement>('.content :is(input, textarea, select)') ?? [])];
  const wanted = asked ? fields.find((each) => asked.contains(each)) : fields[0];
  (wanted ?? box?.querySelector<HTMLElement>('.footer .primary') ?? box)?.focus();
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
  followPath();
  const where = `${channelHere()} ${ui.thread ?? ''} ${ui.as}`;
  if (where !== listShown) goToEnd();
  listShown = where;
  patchChildren(
    root,
    [
      guidance(),
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
    ].filter((each) => each !== null),
  );
  stayAtEnd();
  if (ui.pointed !== pointedAt) document.querySelector('.pointed')?.scrollIntoView({ block: 'nearest' });
  pointedAt = ui.pointed;
  moveIntoMenu();
  moveFocus();
  // What the arrow keys chose is in sight.
  document.querySelector('[role="option"].here')?.scrollIntoView({ block: 'nearest' });
};
