/**
 * For worlds of tests that are not about Slack's three seconds or anybody else's patience: on a busy machine everything
 * may take several times as long, and comes to the same.
 */
export const PATIENT = { patience: 5 } as const;
