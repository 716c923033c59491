import type { Handler } from '../../../slack/asked.ts';
import { disconnectedMessage } from './messages.ts';

export const disconnect: Handler<'disconnect'> = async ({ deps, technician, say }, { slackUser }) => {
  const whose = slackUser ?? technician.slackUser;
  const outcome = await deps.use.keys.disconnect(technician, whose);
  const name = whose === technician.slackUser ? null : (deps.technicians.get(whose)?.name ?? whose);
  await say(disconnectedMessage(outcome, name));
};
