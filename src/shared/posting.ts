export type Posting =
  | { readonly result: 'posted'; readonly ts: string }
  /** Slack's own word for it; nothing was posted. */
  | { readonly result: 'refused'; readonly reason: string }
  /** It never left, or Slack takes nothing for the moment. */
  | { readonly result: 'not_sent' }
  /** Nobody knows. */
  | { readonly result: 'unclear' };

export type FoundPost =
  | { readonly result: 'found'; readonly ts: string }
  | { readonly result: 'absent' }
  /** The channel's messages may not be read. */
  | { readonly result: 'unreadable'; readonly reason: string };
