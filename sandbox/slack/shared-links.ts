import type { Json } from './json.ts';
import type { Message } from './workspace.ts';

export type LinkSource = 'composer' | 'conversations_history';

/** A text with links that the app was told of, by its `unfurl_id`. */
export type SharedLink = {
  readonly source: LinkSource;
  readonly text: string;
  /** Absent while it is only being written. */
  readonly message?: Message;
  /** What the app made of it while it is being written. */
  preview: readonly Json[];
};

/** The addresses in what somebody wrote. */
export const urlsIn = (text: string): readonly string[] =>
  text.replaceAll('&amp;', '&').match(/https?:\/\/[^\s<>|]+/g) ?? [];

/** The app's domain that the address belongs to, itself or one below it. */
export const unfurlDomain = (url: string, domains: readonly string[]): string | undefined => {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return domains.find((domain) => host === domain || host.endsWith(`.${domain}`));
};
