import type { Person, SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';

/** Types a command and waits for the answer to it. */
export const ask = async (person: Person, text: string, answer: RegExp, timeoutMs = 8000): Promise<SeenMessage> => {
  const after = person.messages().at(-1)?.ts ?? '';
  await person.slash('/syncro', text);
  return person.message(answer, { after, timeoutMs });
};

/** What was sent to change something, whose key it was, and with what. */
export const sentBy = ({ syncro }: World) =>
  syncro.requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, technician, body }) => ({ method, technician, body }));
