import type { ParseCommand } from './command.ts';
import { AFTER_ANSWER_MS, type Submitted } from './forms/submitted.ts';
import { intoView } from './forms/views.ts';
import { inBoundary, type Say } from './person.ts';
import { sendDirect } from './say.ts';
import { Unsaid } from './slack-failure.ts';

const COMMAND = '/syncro';

export type CarryOn = (submitted: Submitted, text: string, viewId: string) => Promise<void>;

/**
 * Runs the command that was interrupted: a form takes the place of a view that is open, an answer comes as a direct
 * message, because the place where it was asked is not known any more.
 */
export const createCarryOn =
  (parse: () => ParseCommand): CarryOn =>
  async ({ deps, technician }, text, viewId) => {
    const parsed = parse()(text);
    if (!parsed.ok || parsed.row.name === 'connect') return;
    const say: Say = (message) =>
      sendDirect(deps.client, technician.slackUser, message, deps.log).catch((error: unknown) => {
        throw new Unsaid(error);
      });
    await deps.clock.sleep(AFTER_ANSWER_MS);
    const doing = { command: COMMAND, writing: parsed.row.writes === true, who: technician.name, interrupted: text };
    const asked = {
      deps,
      use: null,
      technician,
      command: COMMAND,
      triggerId: intoView(viewId),
      say,
      channel: null,
      text,
    };
    await inBoundary(deps, say, doing, () => parsed.run(asked));
  };
