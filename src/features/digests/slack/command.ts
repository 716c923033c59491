import { AppError } from '../../../shared/errors.ts';
import type { Handler } from '../../../slack/asked.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { digestListMessage, postedNowMessage, setUpMessage, switchedOffMessage } from './digest-answers.ts';
import { digestMessage } from './message.ts';

/** The open tickets of the day: for me, for this channel, every morning, or never again. */
export const digest: Handler<'digest'> = async ({ deps, technician, say, channel }, command) => {
  const { digests } = deps.use;
  if (command.verb === 'list') return say(digestListMessage(await digests.list()));
  if (channel === null) throw new AppError('stale', 'Run this command in the channel that it is for.');
  switch (command.verb) {
    case 'preview':
      return sayWhenReady(say, 'Reading the open tickets', async () =>
        digestMessage(await digests.make(technician, channel), { missed: [], dueAt: null }, deps.links),
      );
    case 'now':
      return sayWhenReady(say, 'Reading the open tickets', async () =>
        postedNowMessage(await digests.post(technician, channel)),
      );
    case 'here':
      return sayWhenReady(say, 'Looking at this channel', async () =>
        setUpMessage(await digests.setUp(technician, channel, command.at)),
      );
    case 'off':
      return say(switchedOffMessage(await digests.switchOff(technician, channel)));
  }
};
