/** Slack's own word for a refused call, like `channel_not_found`; `''`: it was no answer of Slack's. */
export const slackErrorCode = (error: unknown): string => {
  const data = (error as { data?: { error?: unknown } } | null)?.data;
  return typeof data?.error === 'string' ? data.error : '';
};
