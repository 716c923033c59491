import { parseCommand } from '../slack/command.ts';
import { sendDirect } from '../slack/direct-message.ts';
import { AFTER_ANSWER_MS, type Submitted } from '../slack/forms/submitted.ts';
import { intoView } from '../slack/forms/views.ts';
import { inBoundary, type Say } from '../slack/person.ts';
import { Unsaid } from '../slack/unsaid.ts';
import { handle } from './commands.ts';
import { WRITING } from './writing.ts';

const COMMAND = '/syncro';
/**
 * Runs the command that was interrupted: a form takes the place of a view that is open, an answer comes as a direct
 * message, because the place where it was asked is not known any more.
 */
export const carryOn = async ({ deps, technician }: Submitted, text: string, viewId: string): Promise<void> => {
  const parsed = parseCommand(text);
  if (!parsed.ok || parsed.command.name === 'connect') return;
  const say: Say = (message) =>
    sendDirect(deps.client, technician.slackUser, message, deps.log).catch((error: unknown) => {
      throw new Unsaid(error);
    });
  await deps.clock.sleep(AFTER_ANSWER_MS);
  const writing = WRITING.has(parsed.command.name);
  await inBoundary(deps, say, { command: COMMAND, writing, who: technician.name, interrupted: text }, () =>
    handle(
      { deps, technician, command: COMMAND, triggerId: intoView(viewId), say, channel: null, text },
      parsed.command,
    ),
  );
};
