/** Slack's own word for why it refused a call, e.g. `channel_not_found`; `''` for any other failure. */
export const slackCode = (error: unknown): string => {
  const data = error instanceof Error && 'data' in error ? error.data : null;
  const code = typeof data === 'object' && data !== null && 'error' in data ? data.error : '';
  return typeof code === 'string' ? code : '';
};
