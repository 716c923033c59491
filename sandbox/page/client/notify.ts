import { change, channelHere, type Notice, type Place, received, redraw, ui } from './state.ts';

const SHOWN_MS = 9_000;
let last = 0;

export const dismiss = (id: number): void => change({ notices: ui.notices.filter((each) => each.id !== id) });

export const notify = (text: string, more: { readonly ts?: string; readonly go?: Place } = {}): void => {
  const notice: Notice = { id: ++last, text, ...more };
  change({ notices: [...ui.notices.slice(-2), notice] });
  setTimeout(() => dismiss(notice.id), SHOWN_MS);
};

/** A message that came in somewhere else. */
export const tellNews = (channel: string, ts: string, text: string): void => {
  const isDirect = received.channels?.find(({ id }) => id === channel)?.kind === 'im';
  notify(text, { ts, go: isDirect ? { kind: 'app', tab: 'messages' } : { kind: 'channel', id: channel } });
};

/** What Slack says about a command that failed, to the person alone. */
export const slackbotSays = (text: string): void => {
  ui.slackbot.push({ ts: (Date.now() / 1000).toFixed(6), channel: channelHere(), text });
  redraw();
};
