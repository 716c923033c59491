import { within } from '../shared/within.ts';
import { actions, button, line } from './blocks.ts';
import { failureReply } from './person.ts';
import type { Pressed } from './pressed.ts';
import { type Reply, reply } from './reply.ts';

const PATIENCE_MS = 1_500;

/**
 * Puts the answer in place of the message that was pressed. When it takes long, that message says so meanwhile; a
 * failure then stands in its place with a way back to the ticket, and else beside it.
 */
export const answerInPlace = async (
  pressed: Pressed,
  number: number,
  what: string,
  answer: () => Promise<Reply>,
): Promise<void> => {
  const { deps, technician, say, command } = pressed;
  const waiting: Array<Promise<unknown>> = [];
  const answering = answer();
  try {
    await within(PATIENCE_MS, answering, () => {
      const text = `⏳ ${what} …`;
      waiting.push(say(reply(text, [line(text)]), { replace: true }).catch(() => undefined));
    });
    const message = await answering;
    await Promise.all(waiting);
    await say(message, { replace: true });
  } catch (error) {
    if (waiting.length === 0) throw error;
    await Promise.all(waiting);
    const { text, blocks } = failureReply(deps, error, { command, writing: true, who: technician.name });
    const back = actions('back', [button(`Show #${number}`, 'ticket:show', { value: String(number) })]);
    await say(reply(text, [...blocks, back]), { replace: true });
  }
};
