import { flush } from './entering.ts';
import { showNamed } from './go.ts';
import { notify, slackbotSays } from './notify.ts';
import { saidOnPath } from './path.ts';
import { goToEnd } from './reading.ts';
import { act } from './server.ts';
import { change, channelHere, ui } from './state.ts';
import { triedBy } from './try-this.ts';

/** Sends what stands in the composer: a command, or a message. */
export const say = async (): Promise<void> => {
  const text = ui.draft.trim();
  if (text === '' || ui.busy.has('say')) return;
  ui.busy.add('say');
  goToEnd();
  change({ suggesting: false });
  if (text.startsWith('/')) showNamed(text);
  await flush();
  const { ok, error = '' } = await act({
    do: 'say',
    channel: channelHere(),
    text,
    ...(ui.thread === null ? {} : { thread: ui.thread }),
  });
  ui.busy.delete('say');
  const [command = ''] = text.split(/\s/);
  // What could not be sent is not lost: it stands there still.
  if (ok && ui.draft.trim() === text) ui.draft = '';
  // Once somebody has begun, what lands is more interesting than the list.
  if (ok && text.startsWith('/') && ui.guide === 'try') ui.guide = null;
  if (ok && text.startsWith('/')) saidOnPath(text);
  const tried = ok ? triedBy(text) : undefined;
  if (tried) ui.tried.add(tried);
  if (ok) return change({});
  if (ui.thread !== null) return notify(error);
  slackbotSays(/^[a-z_]+$/.test(error) ? `${command} failed with the error "${error}"` : error);
};
