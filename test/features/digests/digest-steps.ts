import { setTimeout as sleep } from 'node:timers/promises';
import type { Person, SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { World, WorldOptions } from '../../../sandbox/world.ts';
import { nextSlot } from '../../../src/features/digests/slots.ts';
import { howardOf } from '../../world/people.ts';
import { MINUTE } from './digest-due.ts';

export const digestsIn = (world: World, channel = 'C0GENERAL'): readonly string[] =>
  howardOf(world)
    .messages({ channel })
    .filter(({ ephemeral, text }) => !ephemeral && text.startsWith('Open tickets · '))
    .map(({ text }) => text);

/** Runs a command and waits for the answer that only this person sees. */
export const answerTo = async (person: Person, command: string, channel?: string): Promise<SeenMessage> => {
  const last = person.messages().at(-1)?.ts ?? '';
  await person.slash('/syncro', command, channel === undefined ? {} : { channel });
  const answers = () =>
    person.messages().filter(({ ts, ephemeral, text }) => ephemeral && ts > last && !text.startsWith('⏳'));
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(10)) {
    const answer = answers().at(-1);
    if (answer) return answer;
  }
  throw new Error(`no answer to ${command}`);
};

/** A clock that can be put forward, and an app that looks at it often. */
export const jumpingTime = () => {
  let ahead = 0;
  const time: NonNullable<WorldOptions['time']> = {
    clock: { now: () => Date.now() + ahead, sleep: (ms) => sleep(ms, undefined, { ref: false }) },
    every: (ms, task) => {
      const timer = setInterval(task, Math.min(ms, 50));
      return () => clearInterval(timer);
    },
  };
  const jump = (ms: number): void => {
    ahead += ms;
  };
  return {
    time,
    jump,
    /** To a minute after the next time at which a digest of the sample shop is due. */
    jumpToNext: (): void => {
      const now = Date.now() + ahead;
      jump((nextSlot(EIGHT, now) ?? now) - now + MINUTE);
    },
  };
};

const EIGHT = { at: '08:00', timezone: 'America/Phoenix', days: 'mon-fri' };

/** What changes by itself while days pass. */
export const holdStill = ({ syncro }: World): void => {
  for (const ticket of syncro.state.tickets) {
    ticket.due_date = null;
    if (ticket.status.startsWith('Waiting')) ticket.status = 'In Progress';
  }
};
