import { WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';

/** Without one of these it does not work, or shows tickets to strangers; manifest.yml asks for them and for those below. */
export const NEEDED_SCOPES: Readonly<Record<string, string>> = {
  commands: 'the /syncro command and the shortcuts',
  'chat:write': 'answers, receipts and digests',
  'im:write': 'direct messages',
  'im:history': "finding a receipt's message again after a crash",
  'users:read': 'who is a full member of the workspace: without it nobody is let in',
  'channels:read': 'keeping tickets out of channels that another company reads',
  'groups:read': 'the same in private channels',
};

/** What only some features need: whoever installs the app may leave it out. */
export const OPTIONAL_SCOPES: Readonly<Record<string, string>> = {
  'channels:history': 'digests, and the ticket that a thread is about',
  'groups:history': 'the same in private channels',
  'links:read': 'hearing of links to tickets',
  'links:write': 'showing what is behind links to tickets',
  'files:write': 'session logs to download',
};

const refused = z.looseObject({ error: z.literal('missing_scope'), needed: z.string() });

/** What a person reads of a call that needed an optional scope; `null`: it failed for another reason. */
export const notGranted = (error: unknown): string | null => {
  const { data } = refused.safeParse(error instanceof WebAPIPlatformError ? error.data : null);
  const scope = data?.needed.split(',').find((each) => each in OPTIONAL_SCOPES);
  return scope === undefined ? null : `the Slack app was not granted ${scope}`;
};
