import { z } from 'zod';

const WITHOUT_AN_ANSWER = new Set(['block_actions', 'shortcut', 'message_action', 'view_closed']);
const kind = z.looseObject({ type: z.unknown().optional(), command: z.unknown().optional() });

/**
 * Is Slack told nothing in the acknowledgement, whatever it asks? Then it need not wait until that is known. Forms and
 * typeaheads are answered by their acknowledgement; Bolt acknowledges events itself.
 */
export const isAckedAtOnce = (body: unknown): boolean => {
  const { data } = kind.safeParse(body);
  return typeof data?.command === 'string' || (typeof data?.type === 'string' && WITHOUT_AN_ANSWER.has(data.type));
};
