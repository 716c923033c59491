import type { DigestJob, DigestSchedule, Digests } from './ports.ts';

/**
 * Names a digest among all posts. What is changed makes another key, so the past of the old one says nothing about the
 * new one. Readable, because it stands in the database and in the metadata of the message.
 */
export const jobKey = ({ channel, at, timezone, days }: DigestJob): string => `${channel} ${at} ${timezone} ${days}`;

/** The digests of the settings file. */
type ConfiguredDigests = ReadonlyArray<DigestSchedule & { readonly channel: string }>;

export type DigestJobs = {
  /** Where a channel has one in the settings file, one that was set up in Slack before does not count. */
  readonly all: () => Promise<readonly DigestJob[]>;
  readonly isConfigured: (channel: string) => boolean;
  /** The zone of the first digest in the settings file. */
  readonly zone: string | null;
};

export const createDigestJobs = (configured: ConfiguredDigests, stored: Pick<Digests, 'all'>): DigestJobs => {
  const isConfigured = (channel: string): boolean => configured.some((one) => one.channel === channel);
  return {
    all: async () => [
      ...configured.map((one): DigestJob => ({ ...one, setUp: null })),
      ...(await stored.all()).filter(({ channel }) => !isConfigured(channel)),
    ],
    isConfigured,
    zone: configured[0]?.timezone ?? null,
  };
};
