import type { LaborType } from '../shared/labor.ts';
import type { Clock, Ids, Log } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import type { Channels } from './channels.ts';
import type { Links } from './links.ts';
import type { Members } from './members.ts';
import type { People } from './people.ts';
import type { SlackMeter } from './ports.ts';
import type { SlackClient } from './slack-client.ts';

/** What it takes to hear people in Slack and to answer them. No use case is in it: each feature has its own. */
export type SlackKit = {
  /** For people who wait: short time-out, no queueing behind a rate limit. */
  readonly client: SlackClient;
  readonly people: People;
  readonly technicians: ReadonlyMap<string, Technician>;
  /** Who is a full member of the workspace. */
  readonly members: Members;
  /** Who reads along in a channel. */
  readonly channels: Channels;
  /** The workspace that the bot token belongs to. */
  readonly teamId: string | null;
  /** The app that the token belongs to, where Slack says it. */
  readonly appId: string | null;
  readonly labor: readonly LaborType[];
  readonly links: Links;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly meter: SlackMeter;
  /** Since when Syncro has not answered; `null`: it does. */
  readonly downSince: () => number | null;
  /** Requests wait because Syncro's limit is used up. */
  readonly isFull: () => boolean;
};
