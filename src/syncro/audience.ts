/** Who gets to read a comment. The wording is binding: people choose by it. */
export type Audience = 'email' | 'portal' | 'internal';

export const AUDIENCE_LABELS: Readonly<Record<Audience, string>> = {
  email: 'Email the customer',
  portal: 'Customer portal, no email',
  internal: 'Internal only',
};

export const AUDIENCES = Object.keys(AUDIENCE_LABELS) as readonly Audience[];

/** Syncro's two flags for an audience. */
export const flagsOf = (audience: Audience): { hidden: boolean; doNotEmail: boolean } => ({
  hidden: audience === 'internal',
  doNotEmail: audience !== 'email',
});
