import { type ActResult, actResult, fits } from './act-result.ts';
import { runMessageShortcut, runShortcut, runSlash, sendEvent } from './acts-on-commands.ts';
import { composeLinks, shareLinks } from './acts-on-links.ts';
import { until } from './changes.ts';
import { type SeenMessage, seenMessage, textOfMessage } from './client-message.ts';
import { type Modal, modalHandle } from './client-modal.ts';
import { type PersonWiring, type ViewHandle, viewHandle } from './client-view.ts';
import { escapeTyped } from './escape-typed.ts';
import type { Tamper } from './http-delivery.ts';
import { jsonOf, textOf } from './json.ts';
import { addMessage, messageJson, resolveChannel, visibleTo } from './messages.ts';
import { BOT_USER_ID, type ShortcutOption } from './options.ts';
import type { SharedLink } from './shared-links.ts';
import { viewJson } from './views.ts';
import { type Channel, directChannel, type Message, stackOf, type View } from './workspace.ts';

type Wait = { readonly timeoutMs?: number };
type Where = { readonly channel?: string };

/** Somebody at Slack's client: acts by what is visible. */
export type Person = {
  readonly id: string;
  readonly name: string;
  /** `text` as typed. */
  readonly slash: (
    command: string,
    text?: string,
    options?: Where & { readonly tamper?: Tamper },
  ) => Promise<ActResult>;
  /** Waits until the top modal has this title (default: until there is one). */
  readonly modal: (title?: string | RegExp, options?: Wait) => Promise<Modal>;
  readonly noModal: (options?: Wait) => Promise<void>;
  /** Waits for a visible message whose text fits; the newest of them. `after`: only newer ones than that `ts`. */
  readonly message: (
    pattern: string | RegExp,
    options?: Wait & Where & { readonly after?: string },
  ) => Promise<SeenMessage>;
  /** Everything this person can see now, oldest first. */
  readonly messages: (options?: Where) => readonly SeenMessage[];
  /** Their direct messages with the app, oldest first. */
  readonly dm: () => readonly SeenMessage[];
  /** Opens the app's Home and waits until there is one. */
  readonly openHome: (options?: Wait) => Promise<Omit<ViewHandle, 'press'> & { readonly click: ViewHandle['press'] }>;
  readonly shortcut: (callbackIdOrName: string) => Promise<ActResult>;
  readonly messageShortcut: (message: SeenMessage, callbackIdOrName: string) => Promise<ActResult>;
  /** Writes a message; the app hears of it in its direct messages, where it is mentioned, and of links it may unfurl. */
  readonly post: (channel: string, text: string, options?: { readonly threadTs?: string }) => Promise<SeenMessage>;
  /** Writes without sending: the app hears of links, and its `preview` is shown to the writer alone. */
  readonly compose: (text: string) => Promise<SharedLink>;
};

const titleOf = (view: View): string => textOf(jsonOf(view.source.title).text);

export const createPerson = (wiring: PersonWiring, shortcuts: readonly ShortcutOption[]): Person => {
  const { core, user } = wiring;
  const place = (given: string | undefined): Channel => {
    const ofUser = [...core.workspace.channels.values()].find(({ members }) => members.has(user.id));
    const channel = given === undefined ? ofUser : resolveChannel(core, given === 'dm' ? user.id : given);
    return channel ?? directChannel(core.workspace, user.id);
  };
  const top = (): View | undefined => stackOf(core.workspace, user.id).at(-1);
  const see = (message: Message): SeenMessage => seenMessage(wiring, message);
  const visible = ({ channel }: Where = {}): readonly Message[] => {
    const only = channel === undefined ? undefined : place(channel).id;
    return visibleTo(core, user.id).filter((message) => only === undefined || message.channel === only);
  };
  const callbackId = (given: string, type: ShortcutOption['type']): string =>
    shortcuts.find((shortcut) => shortcut.name === given && shortcut.type === type)?.callbackId ?? given;
  const problems = (): string => (core.problems.length > 0 ? `\nproblems:\n${core.problems.join('\n')}` : '');

  return {
    id: user.id,
    name: user.name,
    slash: async (command, text = '', options = {}) =>
      actResult(await runSlash(wiring, user, place(options.channel), command, text, options.tamper)),

    modal: async (title, { timeoutMs = core.changes.lookMs } = {}) => {
      const named = (view: View): boolean =>
        title === undefined || (typeof title === 'string' ? titleOf(view) === title : fits(titleOf(view), title));
      const look = (): View | undefined => {
        const view = top();
        return view && named(view) ? view : undefined;
      };
      const describe = (waitedMs: number): string => {
        const view = top();
        const shown = view ? `on top is "${titleOf(view)}"` : 'none is open';
        const last = visible().at(-1);
        const said = last ? `\nlast message:\n${textOfMessage(wiring, last)}` : '';
        return `no modal ${String(title ?? '')} within ${waitedMs} ms: ${shown}${said}${problems()}`;
      };
      return modalHandle(wiring, await until(core.changes, look, timeoutMs, describe));
    },

    noModal: async ({ timeoutMs = core.changes.lookMs } = {}) => {
      const describe = (waitedMs: number): string => {
        const view = top();
        return `still open after ${waitedMs} ms: "${view ? titleOf(view) : ''}"${problems()}`;
      };
      await until(core.changes, () => (top() === undefined ? true : undefined), timeoutMs, describe);
    },

    message: async (pattern, { timeoutMs = core.changes.lookMs, channel, after = '' } = {}) => {
      const candidates = (): readonly Message[] => visible({ channel }).filter(({ ts }) => ts > after);
      const look = (): Message | undefined =>
        candidates().findLast((message) => fits(textOfMessage(wiring, message), pattern));
      const describe = (waitedMs: number): string => {
        const shown = candidates().map((message) => `--\n${textOfMessage(wiring, message)}`);
        return `no message ${String(pattern)} within ${waitedMs} ms; visible:\n${shown.join('\n')}${problems()}`;
      };
      return see(await until(core.changes, look, timeoutMs, describe));
    },

    messages: (options) => visible(options).map(see),
    dm: () => visible({ channel: directChannel(core.workspace, user.id).id }).map(see),

    openHome: async ({ timeoutMs = core.changes.lookMs } = {}) => {
      const known = core.workspace.homes.get(user.id);
      const channel = directChannel(core.workspace, user.id).id;
      const event = { type: 'app_home_opened', user: user.id, channel, tab: 'home' };
      await sendEvent(wiring, known ? { ...event, view: viewJson(known) } : event);
      const look = (): View | undefined => core.workspace.homes.get(user.id);
      const view = await until(
        core.changes,
        look,
        timeoutMs,
        (waitedMs) => `no Home within ${waitedMs} ms${problems()}`,
      );
      const { press, ...handle } = viewHandle(wiring, view, () => {});
      return { ...handle, click: press };
    },

    shortcut: async (given) => actResult(await runShortcut(wiring, user, callbackId(given, 'global'))),
    messageShortcut: async (message, given) =>
      actResult(await runMessageShortcut(wiring, user, message.raw, callbackId(given, 'message'))),

    post: async (given, text, { threadTs } = {}) => {
      const channel = place(given);
      const content = { text: escapeTyped(text).replace(/&lt;(@[A-Z0-9]+)&gt;/g, '<$1>') };
      const more = threadTs === undefined ? {} : { threadTs };
      const message = addMessage(core, { channel: channel.id, user: user.id, content, ...more });
      const event = { ...messageJson(message), channel: channel.id };
      if (channel.kind === 'im') await sendEvent(wiring, { ...event, channel_type: 'im' });
      else if (text.includes(`<@${BOT_USER_ID}>`)) await sendEvent(wiring, { ...event, type: 'app_mention' });
      await shareLinks(wiring, user, channel, message);
      return see(message);
    },
    compose: (text) => composeLinks(wiring, user, text),
  };
};
