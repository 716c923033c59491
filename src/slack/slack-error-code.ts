/** Slack's own word for a refused call, like `channel_not_found`; `''`: it was no answer of Slack's. */
export const slackErrorCode = (error: unknown): string => {
  const data = error instanceof Error && 'data' in error ? error.data : null;
  const code = typeof data === 'object' && data !== null && 'error' in data ? data.error : '';
  return typeof code === 'string' ? code : '';
};
