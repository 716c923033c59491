/** How a request of ours can end, as far as whoever is on call can do something about it. */
export const REQUEST_OUTCOMES = [
  'ok',
  'unauthorized',
  'not_found',
  'refused',
  'limited',
  'server_error',
  'timeout',
  'no_answer',
] as const;

export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];
