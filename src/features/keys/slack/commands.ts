import { shorten } from '../../../shared/text.ts';
import type { Asked } from '../../../slack/asked.ts';
import { line } from '../../../slack/blocks.ts';
import type { CarryOn } from '../../../slack/carry-on.ts';
import { keyTyped } from '../../../slack/command.ts';
import { CONNECT } from '../../../slack/error.ts';
import { command, notUnderstood, type Rows, reads, understood } from '../../../slack/feature.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { openView, pushView } from '../../../slack/forms/views.ts';
import { reply } from '../../../slack/reply.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import type { KeyUses } from '../key-uses.ts';
import { CONNECT_TITLE, connectView } from './form.ts';
import { disconnectedMessage, everyonesKeysMessage, keysUnavailable, whoAmIMessage } from './messages.ts';

export type KeysUse = {
  readonly keys: KeyUses;
  /** Goes on with the command that was interrupted for want of a key. */
  readonly carryOn: CarryOn;
};

/**
 * Asks for the technician's key; nothing is asked of Syncro before the form is there.
 * @param interrupted the command to go on with, or `''`
 * @param below the form that the button was pressed in; it stays there
 */
const openConnectForm = async (
  { deps, use, triggerId, say }: Asked<KeysUse>,
  interrupted: string,
  below: string | null = null,
): Promise<void> => {
  if (!use.keys.available) {
    if (below === null) await say(keysUnavailable());
    else await pushView(deps, triggerId, problemView(CONNECT_TITLE, keysUnavailable()));
    return;
  }
  const view = connectView({ interrupted, below }, deps.links);
  await (below === null ? openView(deps, triggerId, view) : pushView(deps, triggerId, view));
};

/** In a form the key is asked for on top of it, so that nothing that was typed is lost. */
export const connectButtons: NonNullable<Rows<KeysUse>['buttons']> = {
  [CONNECT]: reads((pressed) =>
    openConnectForm(pressed, pressed.value, pressed.view?.type === 'modal' ? pressed.view.id : null),
  ),
};

export const connectCommand = command({
  name: 'connect',
  usage: 'connect',
  does: 'your own Syncro key, so that your work carries your name; typed into a form only',
  example: 'connect',
  parse: (words) => (words.length === 0 ? understood(null) : keyTyped('Keys go into the form only.')),
  run: (asked: Asked<KeysUse>) => openConnectForm(asked, ''),
});

export const disconnectCommand = command({
  name: 'disconnect',
  usage: 'disconnect [<member>]',
  does: "remove the key you connected; admins: anyone's",
  example: 'disconnect',
  parse: ([who], _text, [mentioned]) => {
    if (who === undefined) return understood({ slackUser: null });
    const slackUser = who.startsWith('@') ? mentioned : /^[UW][A-Z0-9]{2,}$/.exec(who)?.[0];
    if (slackUser !== undefined) return understood({ slackUser });
    return notUnderstood(
      `"${shorten(who, 60)}" is nobody I know. Mention the person, or give their Slack member ID.`,
      'disconnect U012HOWARD',
    );
  },
  // `null`: my own key.
  run: async ({ deps, use, technician, say }: Asked<KeysUse>, { slackUser }: { readonly slackUser: string | null }) => {
    const whose = slackUser ?? technician.slackUser;
    const outcome = await use.keys.disconnect(technician, whose);
    const name = whose === technician.slackUser ? null : (deps.technicians.get(whose)?.name ?? whose);
    await say(disconnectedMessage(outcome, name));
  },
});

export const whoamiCommand = command({
  name: 'whoami',
  usage: 'whoami [all]',
  does: 'who you are in Slack and in Syncro, and where your key comes from; admins: all shows everyone',
  example: 'whoami',
  parse: (words) => {
    if (words.length === 0) return understood({ all: false });
    if (words[0]?.toLowerCase() === 'all') return understood({ all: true });
    return notUnderstood(`"${shorten(words[0] ?? '', 60)}" can't follow whoami.`, 'whoami');
  },
  run: ({ use, technician, say }: Asked<KeysUse>, { all }) =>
    sayWhenReady(say, all ? 'Looking at the keys' : 'Asking Syncro', async () => {
      if (!all) return whoAmIMessage(await use.keys.whoAmI(technician));
      const keys = await use.keys.everyones(technician);
      if (keys) return everyonesKeysMessage(keys);
      const text = "Only admins can see everyone's keys. Try /syncro whoami.";
      return reply(text, [line(text)]);
    }),
});
