import { createCache } from '../shared/briefly.ts';
import type { Asked } from './asked.ts';
import type { SlackKit } from './kit.ts';
import { identify, type Say } from './person.ts';
import { createSay, respondAt } from './say.ts';

export const COMMAND = '/syncro';

type Heard = Pick<Asked, 'triggerId'> & {
  readonly command?: string;
  readonly channel: string | undefined;
  readonly responseUrl: string | undefined;
  /** It was pressed in a message that only this person sees. */
  readonly ownMessage?: boolean;
};

/** Longer than anybody waits for an answer. */
const PRESSES_MS = 30 * 60_000;
const MOST_PRESSES = 1_000;

/** Who sent a payload and how they are answered; `asked` is null for whoever is not let in. */
export const createHear = (deps: SlackKit) => {
  /** How often each person has pressed something in a message of their own, by place. */
  const presses = createCache<string, number>(MOST_PRESSES, PRESSES_MS, deps.clock);

  /** What comes late to who has gone on meanwhile would take away what they look at. */
  const unlessGoneOn = (say: Say, place: string): Say => {
    const asked = presses.get(place);
    return (message, options) =>
      options?.stage === 'update' && presses.get(place) !== asked ? Promise.resolve() : say(message, options);
  };

  return async (body: unknown, { triggerId, channel: at, responseUrl, command, ownMessage = false }: Heard) => {
    const who = await identify(deps, body);
    const channel = at ?? null;
    const respond = responseUrl ? respondAt(responseUrl) : null;
    const place = `${who.id} ${channel}`;
    if (ownMessage) presses.set(place, (presses.get(place) ?? 0) + 1);
    const say = unlessGoneOn(createSay(respond, deps.client, { channel, user: who.id }, deps.log), place);
    const { technician } = who;
    const asked: Asked | null = technician && {
      ...{ deps, use: null, technician, command: command || COMMAND, triggerId, say, channel },
    };
    return { who, say, asked };
  };
};

export type Hear = ReturnType<typeof createHear>;
