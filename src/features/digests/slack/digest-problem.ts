import { line } from '../../../slack/blocks.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { DigestJob } from '../ports.ts';

/** Why a digest can't be posted, and what to do; a reason is Slack's own word or one of ours. */
export const problemWords = (reason: string): string => {
  switch (reason) {
    case 'not_in_channel':
    case 'channel_not_found':
      return "I'm not in that channel, or it no longer exists. Invite me there with /invite @Syncro.";
    case 'is_archived':
      return 'The channel is archived.';
    case 'externally_shared':
      return 'That channel includes another company, so no tickets are shown there.';
    case 'missing_scope':
      return "I'm not allowed to read messages there, so a digest could be posted twice. In a group message that can't be changed; for a channel, reinstall the Slack app and grant it channels:history (groups:history if it is private).";
    case 'restricted_action':
    case 'restricted_action_read_only_channel':
      return 'Only some people may post there. Let the app post, too.';
    case 'no_key':
      return 'Nobody has a Syncro key to read with.';
    case 'key_refused':
    case 'wrong_key':
      return 'Syncro refuses the key used to read it: the shared key, or the first admin’s.';
    case 'not_allowed':
      return "The key used to read it isn't allowed to read tickets in Syncro.";
    default:
      return `Slack says "${reason}".`;
  }
};

/** For the admins, once per reason. */
export const digestProblemMessage = ({ channel, at, timezone, setUp }: DigestJob, reason: string): Reply => {
  const where = setUp ? '/syncro digest off in that channel switches it off.' : 'It is set in config.yml.';
  // While others read along no second try helps.
  const next =
    reason === 'externally_shared'
      ? ''
      : " Then /syncro digest now in that channel posts it; otherwise I'll try again the next time it is due.";
  const words = `could not be posted. ${problemWords(reason)}${next} ${where}`;
  return reply(`! A digest of ${at} (${timezone}) ${words}`, [
    line(`! The digest of ${at} (${timezone}) for `, { channel }, ` ${words}`),
  ]);
};
