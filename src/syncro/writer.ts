import { AppError } from '../shared/errors.ts';
import type { Answer } from './client.ts';
import { isDown, retryAfterMs, unsendable } from './failures.ts';
import type { PreparedWrite, SyncroWrites } from './ports.ts';
import { type Gate, isSendable, patienceMs } from './reader.ts';
import { type OpenSocket, openSocket } from './socket.ts';
import { wordsOf } from './words.ts';
import type { Write, WriteOutcome } from './write.ts';
import { callOf } from './write-call.ts';
import { landedOf } from './write-landed.ts';

const clear = (status: number): boolean => status >= 400 && status < 500 && status !== 408;

/** Only what is certain is called certain; everything else is unclear, and is read back before anything is repeated. */
const outcomeOf = (write: Write, answer: Answer, untouched: boolean, now: number): WriteOutcome => {
  if (untouched) return { outcome: 'not_sent', why: 'the connection was lost before anything was sent' };
  if (answer.kind === 'failed') return { outcome: 'unclear', why: `no answer (${answer.why})` };
  const { status, text } = answer;
  if (status >= 200 && status <= 299) {
    const landed = landedOf(write, text);
    return landed
      ? { outcome: 'landed', ...landed }
      : { outcome: 'unclear', why: `an answer that can't be read or is about something else (HTTP ${status})` };
  }
  if (status === 429) return { outcome: 'limited', retryAfterMs: retryAfterMs(answer.retryAfter, now) };
  if (clear(status)) {
    return { outcome: 'refused', status, message: wordsOf(text) || `Syncro refused it (HTTP ${status}).` };
  }
  return { outcome: 'unclear', why: `HTTP ${status}` };
};

/** The one sending door: every write goes once, over a connection that was open before anybody said "sending". */
export const createWriter = (gate: Gate, baseUrl: string): SyncroWrites => {
  const { client, limiter, budget, health, clock, timeoutMs } = gate;

  const open = async (): Promise<OpenSocket> => {
    try {
      return await openSocket(baseUrl, timeoutMs);
    } catch {
      health.failed();
      throw new AppError('unreachable', 'No connection to Syncro. Nothing was sent.', { retryable: true });
    }
  };

  return {
    prepare: async (caller, write): Promise<PreparedWrite> => {
      if (!isSendable(caller.key)) throw unsendable();
      await limiter.acquire(caller.lane, patienceMs(caller.lane, timeoutMs));
      const call = callOf(write);
      const socket = await open();
      let spent = false;

      const send = async (): Promise<WriteOutcome> => {
        if (spent) throw new Error('A prepared write is sent once');
        spent = true;
        try {
          if (!socket.usable())
            return { outcome: 'not_sent', why: 'Syncro closed the connection before anything was sent' };
          const answer = await client.send(caller.key, call, { timeoutMs, through: socket });
          const outcome = outcomeOf(write, answer, socket.untouched(), clock.now());
          if (isDown(answer)) health.failed();
          else health.answered();
          if (outcome.outcome === 'limited') await budget.pauseUntil(clock.now() + outcome.retryAfterMs);
          return outcome;
        } finally {
          socket.destroy();
        }
      };

      const abandon = (): void => {
        spent = true;
        socket.destroy();
      };
      return { send, abandon };
    },
  };
};
