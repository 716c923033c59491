import type { SlackSandbox } from '../slack/slack.ts';

/** What people said before the newcomer came: something to use a message's shortcuts on. */
const SAID = [
  [
    'U012WINTER',
    'C0GENERAL',
    'Jerry called about #32164: the cloud thing is slow again. Took me 15 minutes to calm it down.',
  ],
  [
    'U012MIKE',
    'C0GENERAL',
    'Acme West wants the projector in the meeting room looked at, it has been dark since Monday.',
  ],
  ['U0STRANGER', 'C0SHARED', 'Hi, can somebody tell me how far my ticket is?'],
] as const;

export const seedTalk = async (slack: SlackSandbox): Promise<void> => {
  for (const [user, channel, text] of SAID) await slack.person(user).post(channel, text);
};
