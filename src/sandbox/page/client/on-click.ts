import { enter, report, troubleWords } from './entering.ts';
import { become, followLink, go } from './go.ts';
import { dismiss, notify } from './notify.ts';
import { leave, press, submit } from './pressing.ts';
import { say, setDraft, writeForThem } from './say.ts';
import { act, turn } from './server.ts';
import { change, received, ui } from './state.ts';
import { targetOf } from './targets.ts';
import { TRIALS } from './try-this.ts';
import { takeOption } from './typeahead.ts';

type Data = DOMStringMap;

const tryIt = (name: string | undefined): void => {
  const trial = TRIALS.find((each) => each.name === name);
  if (!trial) return;
  ui.tried.add(trial.name);
  ui.trying = false;
  become(trial.as ?? (received.people?.find(({ id }) => id === ui.as)?.kind === 'guest' ? 'U012HOWARD' : ui.as));
  go({ kind: 'channel', id: 'C0GENERAL' });
  if (trial.orders === 'cut') void turn({ set: 'fault', name: 'cut', on: true });
  if (trial.orders === 'killAtWrite') void turn({ set: 'killAtWrite', on: true });
  writeForThem(trial.types);
};

const faultName = (name: string | undefined) =>
  (['cut', 'lose', 'refuse', 'limit'] as const).find((each) => each === name);

const orderFault = ({ name }: Data): void => {
  const known = faultName(name);
  const isOn = received.switches?.faults.some((each) => each.name === name && each.on) ?? false;
  if (known) void turn({ set: 'fault', name: known, on: !isOn });
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
  openThread: ({ ts = '' }) => change({ thread: ts, menu: null }),
  closeThread: () => change({ thread: null }),
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
  pane: ({ pane }) => change({ pane: pane === 'syncro' || pane === 'try' ? pane : 'slack' }),
  toggleTry: () => change({ trying: !ui.trying }),
  try: ({ trial }) => tryIt(trial),
  fault: orderFault,
  down: () => void turn({ set: 'down', on: received.switches?.down !== true }),
  kill: () => void turn({ set: 'kill' }),
  killAtWrite: () => void turn({ set: 'killAtWrite', on: received.switches?.killAtWrite !== true }),
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
