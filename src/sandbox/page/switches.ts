import { z } from 'zod';
import type { Fault } from '../syncro/faults.ts';
import type { SyncroSandbox } from '../syncro/start-syncro.ts';
import type { KeptApp } from './app-process.ts';
import type { SwitchStates } from './switch-states.ts';

/** What can be ordered to go wrong with the next write, once. */
export const FAULTS = {
  cut: {
    label: 'Cut the next answer',
    about: 'Syncro does it, but the answer never arrives',
    fault: { method: 'POST', kind: 'cut-after' },
  },
  lose: {
    label: 'Lose the next request',
    about: 'It never reaches Syncro, and nobody says so',
    fault: { method: 'POST', kind: 'cut-before' },
  },
  refuse: {
    label: 'Refuse the next write',
    about: 'Syncro says no, in its own words',
    fault: { method: 'POST', kind: '422', body: { success: false, message: ["Body can't be that"] } },
  },
  limit: {
    label: 'Rate-limit the next write',
    about: 'Too many requests: come back in 5 seconds',
    fault: { method: 'POST', kind: '429', retryAfter: 5 },
  },
} as const satisfies Record<string, { label: string; about: string; fault: Fault }>;

type FaultName = keyof typeof FAULTS;
const NAMES = Object.keys(FAULTS) as FaultName[];

export const MAX_LATENCY_MS = 3_000;

export const SWITCH = z.discriminatedUnion('set', [
  z.strictObject({ set: z.literal('fault'), name: z.enum(NAMES), on: z.boolean() }),
  z.strictObject({ set: z.literal('latency'), ms: z.number().int().min(0).max(MAX_LATENCY_MS) }),
  z.strictObject({ set: z.literal('down'), on: z.boolean() }),
  z.strictObject({ set: z.literal('kill') }),
  /** As soon as the next write landed, before its answer is out. */
  z.strictObject({ set: z.literal('killAtWrite'), on: z.boolean() }),
]);
export type Switch = z.infer<typeof SWITCH>;

/** The ways to break things on purpose. */
export const createSwitches = (syncro: SyncroSandbox, app: Pick<KeptApp, 'kill'>, latencyAtStartMs: number) => {
  const armed = new Map<FaultName, Fault>();
  let latencyMs = latencyAtStartMs;
  let isDown = false;
  let killAtWrite = false;

  // Listeners hear of a write after it took place and before its answer goes out: the worst moment to die.
  const unsubscribe = syncro.onChange(() => {
    if (!killAtWrite) return;
    killAtWrite = false;
    app.kill();
  });

  const isOn = (name: FaultName): boolean => {
    const fault = armed.get(name);
    return fault !== undefined && syncro.pendingFaults().includes(fault);
  };

  const order = (name: FaultName, on: boolean): void => {
    const others = NAMES.filter((each) => each !== name && isOn(each));
    syncro.clearFaults();
    for (const each of on ? [...others, name] : others) {
      const fault: Fault = { ...FAULTS[each].fault };
      armed.set(each, fault);
      syncro.fault(fault);
    }
  };

  return {
    set: (given: Switch): void => {
      switch (given.set) {
        case 'fault':
          order(given.name, given.on);
          break;
        case 'latency':
          latencyMs = given.ms;
          syncro.setLatency(given.ms);
          break;
        case 'down':
          isDown = given.on;
          syncro.down(given.on);
          break;
        case 'kill':
          app.kill();
          break;
        case 'killAtWrite':
          killAtWrite = given.on;
      }
    },
    states: (): SwitchStates => ({
      faults: NAMES.map((name) => ({ name, label: FAULTS[name].label, about: FAULTS[name].about, on: isOn(name) })),
      latencyMs,
      maxLatencyMs: MAX_LATENCY_MS,
      down: isDown,
      killAtWrite,
    }),
    close: unsubscribe,
  };
};
