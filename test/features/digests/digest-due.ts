/** A digest of the settings file that was due so long ago, every day, in UTC. */
export const dueAgo = (ms: number, channel = 'C0GENERAL'): string => {
  const at = new Date(Date.now() - ms).toISOString().slice(11, 16);
  return `digests:\n  - { channel: ${channel}, at: "${at}", timezone: UTC, days: daily }\n`;
};

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
