/** When a digest is posted: `at` is `HH:MM` in its own time zone, `days` is what a cron pattern takes for weekdays. */
export type DigestSchedule = { readonly at: string; readonly timezone: string; readonly days: string };

/** One digest, from the settings file or set up in Slack. */
export type DigestJob = DigestSchedule & {
  readonly channel: string;
  /** Who set it up in Slack, and when; `null`: it stands in the settings file, and is changed only there. */
  readonly setUp: { readonly by: string; readonly at: number } | null;
};

/**
 * Names a digest among all posts. What is changed makes another key, so the past of the old one says nothing about the
 * new one. Readable, because it stands in the database and in the metadata of the message.
 */
export const jobKey = ({ channel, at, timezone, days }: DigestJob): string => `${channel} ${at} ${timezone} ${days}`;
