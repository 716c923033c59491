/** How a request of ours ended, as far as whoever is on call can do something about it. */
export type RequestOutcome =
  | 'ok'
  | 'unauthorized'
  | 'not_found'
  | 'refused'
  | 'limited'
  | 'server_error'
  | 'timeout'
  | 'no_answer';
