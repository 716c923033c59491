import { checkList, guarded } from './block-list.ts';
import { type BlockProblem, type Check, isObject } from './check.ts';
import { list } from './structures.ts';
import { string } from './values.ts';

const attachment: Check = (value, at, out) => {
  if (!isObject(value)) out.push({ message: 'must provide an object', pointer: at });
  else if (value.blocks !== undefined) checkList(value.blocks, 'message', `${at}/blocks`, out);
};

/**
 * What Slack would refuse in a message. `text` longer than 4,000 characters counts: `chat.update` refuses it, and a
 * message that can't be updated is of no use to us. A message with blocks still needs `text` for notifications.
 */
export const checkMessage = (message: {
  readonly text?: unknown;
  readonly blocks?: unknown;
  readonly attachments?: unknown;
}): readonly BlockProblem[] =>
  guarded((out) => {
    if (message.text !== undefined && message.text !== null) string(4000, 0)(message.text, '/text', out);
    if (message.blocks !== undefined && message.blocks !== null) checkList(message.blocks, 'message', '/blocks', out);
    if (message.attachments !== undefined && message.attachments !== null) {
      list(attachment, 0, 100)(message.attachments, '/attachments', out);
    }
  });
