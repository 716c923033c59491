import { h, type Tree } from '../../picture/tree.ts';
import { appLine } from './app-tree.ts';
import { guide } from './guide-tree.ts';
import { requestLog } from './log-tree.ts';
import { ui } from './state.ts';
import { ticketCard } from './ticket-tree.ts';

/** The second pane: the app's process, what to try and break, what Syncro holds, and what went there. */
export const syncroPane = (): Tree =>
  h(
    'aside',
    { class: 'syncro', 'data-key': 'syncro', 'aria-label': 'Syncro', id: 'syncro', tabindex: '-1' },
    appLine(),
    guide(),
    ticketCard(),
    requestLog(),
  );

const PANES = { slack: 'Slack', syncro: 'Syncro', try: 'Try this' } as const;

/** Narrow screens show one pane at a time. */
export const paneTabs = (): Tree =>
  h(
    'nav',
    { class: 'panes', 'data-key': 'panes', 'aria-label': 'Panes' },
    ...Object.entries(PANES).map(([pane, label]) =>
      h(
        'button',
        {
          type: 'button',
          'data-do': 'pane',
          'data-pane': pane,
          'aria-current': ui.pane === pane ? 'page' : undefined,
          class: ui.pane === pane ? 'here' : undefined,
        },
        label,
      ),
    ),
  );
