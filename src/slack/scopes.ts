/** What the app may do in Slack, and what stops working without it; manifest.yml asks for just these. */
export const NEEDED_SCOPES: Readonly<Record<string, string>> = {
  commands: 'the /syncro command and the shortcuts',
  'chat:write': 'answers, receipts and digests',
  'im:write': 'direct messages',
  'im:history': "finding a receipt's message again after a crash",
  'channels:history': 'digests, and the ticket that a thread is about',
  'groups:history': 'the same in private channels',
  'mpim:history': 'the same in group messages',
  'users:read': 'who is a full member of the workspace: without it nobody is let in',
  'channels:read': 'keeping tickets out of channels that another company reads',
  'groups:read': 'the same in private channels',
  'links:read': 'hearing of links to tickets',
  'links:write': 'showing what is behind links to tickets',
  'files:write': 'session logs to download',
};
