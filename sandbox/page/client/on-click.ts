import { setDraft, writeForThem } from './draft.ts';
import { enter, report, troubleWords } from './entering.ts';
import { become, followLink, go, showThread } from './go.ts';
import { dismiss, notify } from './notify.ts';
import { pathCommand, pointAt } from './path.ts';
import { leave, press, submit } from './pressing.ts';
import { say } from './say.ts';
import { act, look, turn } from './server.ts';
import { change, FIRST_CHANNEL, menuKey, messages, received, ui } from './state.ts';
import { targetOf } from './targets.ts';
import { TRIALS } from './try-this.ts';
import { takeOption } from './typeahead.ts';

type Data = DOMStringMap;

const openMenuOf = (words: string): void => {
  const message = messages().find(({ text }) => text.includes(words));
  if (message) change({ menu: menuKey(message) });
};

/** Whoever acts, unless they may do nothing. */
const somebodyAble = (): string =>
  received.people?.find(({ id }) => id === ui.as)?.kind === 'guest' ? 'U012HOWARD' : ui.as;

const tryIt = (name: string | undefined): void => {
  const trial = TRIALS.find((each) => each.name === name);
  if (!trial) return;
  ui.tried.add(trial.name);
  ui.guide = null;
  become(trial.as ?? somebodyAble());
  go({ kind: 'channel', id: FIRST_CHANNEL });
  if (trial.orders) void turn({ set: 'toggle', name: trial.orders, on: true });
  if (trial.replyOn) {
    look({ ticket: trial.replyOn });
    void turn({ set: 'reply', ticket: trial.replyOn });
  }
  if (trial.types) writeForThem(trial.types);
  if (trial.opensMenuOf) openMenuOf(trial.opensMenuOf);
};

/** From the forgotten ticket with the most money to its invoice. */
const startPath = (): void => {
  const [first] = received.money?.tickets ?? [];
  if (!first) return;
  become(somebodyAble());
  change({ path: { ticket: first.number, amount: first.amount, startedAt: Date.now() }, side: 'customer' });
  go({ kind: 'channel', id: FIRST_CHANNEL });
  look({ ticket: first.number });
  writeForThem(pathCommand(first.number));
};

const copy = (text: string): void =>
  void navigator.clipboard.writeText(text).then(
    () => notify('Copied.'),
    () => notify(`This browser does not let the page copy. The token: ${text}`),
  );

const toggle = ({ name }: Data): void => {
  const known = received.switches?.toggles.find((each) => each.name === name);
  if (known) void turn({ set: 'toggle', name: known.name, on: !known.on });
};

/** A shortcut of the message that the menu is open for, or of none. */
const runShortcut = (callback: string, from: { readonly channel: string; readonly ts: string } | null): void => {
  change({ menu: null });
  const done = from ? act({ do: 'messageShortcut', callback, ...from }) : act({ do: 'shortcut', callback });
  void done.then(({ ok, error = '' }) => {
    if (!ok) notify(troubleWords(error));
  });
};

const showNews = ({ notice }: Data): void => {
  const found = ui.notices.find(({ id }) => String(id) === notice);
  if (!found?.go) return;
  dismiss(found.id);
  go(found.go);
};

/** By `data-do`. */
const DOES: Readonly<Record<string, (data: Data, element: HTMLElement) => void>> = {
  goChannel: ({ channel = '' }) => go({ kind: 'channel', id: channel }),
  goApp: () => go({ kind: 'app', tab: 'messages' }),
  goTab: ({ tab }) => go({ kind: 'app', tab: tab === 'home' ? 'home' : 'messages' }),
  openThread: ({ ts = '' }) => showThread(ts),
  closeThread: () => showThread(null),
  toggleMenu: ({ menu = '' }) => change({ menu: ui.menu === menu ? null : menu }),
  shortcut: ({ callback = '' }) => runShortcut(callback, null),
  messageShortcut: ({ callback = '' }, element) => {
    const { channel, ts } = element.closest<HTMLElement>('[data-ts][data-channel]')?.dataset ?? {};
    if (channel && ts) runShortcut(callback, { channel, ts });
  },
  send: () => void say(),
  takeSuggestion: ({ text = '' }) => {
    writeForThem(text);
    setDraft(text);
  },
  takeOption: ({ value = '' }) => takeOption(value),
  accept: () => {
    const accept = ui.confirm?.accept;
    change({ confirm: null });
    accept?.();
  },
  deny: () => change({ confirm: null }),
  showNews,
  dismiss: ({ notice }) => dismiss(Number(notice)),
  pane: ({ pane }) => {
    if (pane === 'customer' || pane === 'syncro') change({ pane: 'syncro', side: pane });
    else change({ pane: pane === 'try' ? pane : 'slack' });
  },
  side: ({ side }) => change({ side: side === 'syncro' || side === 'requests' ? side : 'customer' }),
  startPath,
  hidePath: () => change({ path: 'hidden' }),
  showReceipt: ({ ticket }) => {
    go({ kind: 'app', tab: 'messages' });
    pointAt(Number(ticket));
  },
  hideTrouble: ({ request = '' }) => change({ troubleSeen: request }),
  copy: ({ text = '' }) => copy(text),
  write: ({ text = '' }) => {
    go({ kind: 'channel', id: FIRST_CHANNEL });
    writeForThem(text);
  },
  guide: ({ guide }) => change({ guide: ui.guide === guide ? null : guide === 'break' ? 'break' : 'try' }),
  try: ({ trial }) => tryIt(trial),
  toggle,
  kill: () => void turn({ set: 'kill' }),
  reply: () => void turn({ set: 'reply', ticket: ui.ticket }),
  withReads: () => change({ withReads: !ui.withReads }),
};

/** The chrome of a form. */
const PRESSES: Readonly<Record<string, () => Promise<void>>> = {
  submit,
  close: () => leave(false),
  leave: () => leave(true),
};

const chooseOverflow = (item: HTMLElement): void => {
  const target = targetOf(item);
  item.closest('details')?.removeAttribute('open');
  if (target) void enter(target, item.dataset.value ?? null);
};

/** Choosing from a list leaves the cursor where it was: in the field that the list belongs to. */
export const onMouseDown = (event: MouseEvent): void => {
  if (event.target instanceof Element && event.target.closest('[role="option"]')) event.preventDefault();
};

const followAndTell = (link: HTMLAnchorElement): void => {
  notify(followLink(link.href));
  const target = link.dataset.action ? targetOf(link) : null;
  // Slack tells the app of its link buttons, too.
  if (target) void act({ do: 'press', ...target }).then((outcome) => report(target, outcome));
};

export const onClick = (event: MouseEvent): void => {
  if (!(event.target instanceof Element)) return;
  const element = event.target.closest<HTMLElement>(
    '[data-do], [data-press], a[href], .overflow button, button[data-action]',
  );
  if (ui.menu !== null && element?.dataset.do !== 'toggleMenu' && !event.target.closest('.menu'))
    change({ menu: null });
  if (!element) return;
  const { do: does, press: presses } = element.dataset;
  if (does !== undefined) DOES[does]?.(element.dataset, element);
  else if (presses !== undefined) void PRESSES[presses]?.();
  else if (element.matches('.overflow button')) chooseOverflow(element);
  else if (element instanceof HTMLAnchorElement) {
    event.preventDefault();
    followAndTell(element);
  } else {
    const target = targetOf(element);
    if (target) press(target);
  }
};
