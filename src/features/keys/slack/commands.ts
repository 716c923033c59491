import { shorten } from '../../../shared/text.ts';
import type { Asked } from '../../../slack/asked.ts';
import { line } from '../../../slack/blocks.ts';
import { command, notUnderstood, understood } from '../../../slack/feature.ts';
import { reply } from '../../../slack/reply.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import type { KeysUse } from './connect.ts';
import { disconnectedMessage, everyonesKeysMessage, whoAmIMessage } from './messages.ts';

export const disconnectCommand = command({
  name: 'disconnect',
  usage: 'disconnect [<member>]',
  does: 'forget the key that I connected; admins also for somebody else',
  example: 'disconnect',
  parse: ([who], _text, [mentioned]) => {
    if (who === undefined) return understood({ slackUser: null });
    const slackUser = who.startsWith('@') ? mentioned : /^[UW][A-Z0-9]{2,}$/.exec(who)?.[0];
    if (slackUser !== undefined) return understood({ slackUser });
    return notUnderstood(
      `"${shorten(who, 60)}" is nobody that I know. Mention the person, or give their Slack member ID.`,
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
  does: 'who I am in Slack and in Syncro, and where my key comes from; admins: all shows everybody',
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
      const text = "Only an admin sees everybody's keys. Try /syncro whoami.";
      return reply(text, [line(text)]);
    }),
});
