import type { Handler } from '../../../slack/asked.ts';
import { line } from '../../../slack/blocks.ts';
import { reply } from '../../../slack/reply.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { everyonesKeysMessage, whoAmIMessage } from './messages.ts';

export const whoami: Handler<'whoami'> = ({ deps, technician, say }, { all }) =>
  sayWhenReady(say, all ? 'Looking at the keys' : 'Asking Syncro', async () => {
    if (!all) return whoAmIMessage(await deps.use.keys.whoAmI(technician));
    const keys = await deps.use.keys.everyones(technician);
    if (keys) return everyonesKeysMessage(keys);
    const text = "Only an admin sees everybody's keys. Try /syncro whoami.";
    return reply(text, [line(text)]);
  });
