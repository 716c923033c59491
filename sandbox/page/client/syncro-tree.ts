import { h, type Tree } from '../../picture/tree.ts';
import { appLine } from './app-tree.ts';
import { guide } from './guide-tree.ts';
import { ui } from './state.ts';
import { ticketCard } from './ticket-tree.ts';

/** The second pane: what arrived at the customer and in Syncro, what to try and break, and the app's process. */
export const syncroPane = (): Tree =>
  h(
    'aside',
    { class: 'syncro', 'data-key': 'syncro', 'aria-label': 'Syncro', id: 'syncro', tabindex: '-1' },
    ticketCard(),
    guide(),
    appLine(),
  );

const PANES = { slack: 'Slack', customer: 'Customer', syncro: 'Syncro', try: 'Try this' } as const;

/** Narrow screens show one pane at a time. */
export const paneTabs = (): Tree =>
  h(
    'nav',
    { class: 'panes', 'data-key': 'panes', 'aria-label': 'Panes' },
    ...Object.entries(PANES).map(([pane, label]) => {
      const isHere = pane === (ui.pane !== 'syncro' ? ui.pane : ui.side === 'customer' ? 'customer' : 'syncro');
      return h(
        'button',
        {
          type: 'button',
          'data-do': 'pane',
          'data-pane': pane,
          'aria-current': isHere ? 'page' : undefined,
          class: isHere ? 'here' : undefined,
        },
        label,
      );
    }),
  );
