import { z } from 'zod';
import type { Fault } from '../syncro/faults.ts';
import type { SyncroSandbox } from '../syncro/start-syncro.ts';
import type { KeptApp } from './app-process.ts';
import type { Events } from './events.ts';
import { FAULTS, type FaultName, isFault, TOGGLES, type ToggleName } from './fault-names.ts';
import type { SwitchesPart } from './shapes.ts';

const REPLY = 'It stopped again. Can somebody call me this afternoon?';

const MAX_LATENCY_MS = 3_000;

export const SWITCH = z.discriminatedUnion('set', [
  z.strictObject({ set: z.literal('toggle'), name: z.enum(TOGGLES.map(([name]) => name)), on: z.boolean() }),
  z.strictObject({ set: z.literal('latency'), ms: z.number().int().min(0).max(MAX_LATENCY_MS) }),
  z.strictObject({ set: z.literal('kill') }),
  /** The customer of this ticket writes. */
  z.strictObject({ set: z.literal('reply'), ticket: z.number().int() }),
]);
export type Switch = z.infer<typeof SWITCH>;

export type Breakable = {
  readonly syncro: SyncroSandbox;
  readonly app: Pick<KeptApp, 'kill'>;
  readonly events: Pick<Events, 'add'>;
};

/** The ways to break things on purpose. */
export const createSwitches = ({ syncro, app, events }: Breakable, latencyAtStartMs: number) => {
  const ordered = new Map<FaultName, Fault>();
  let latencyMs = latencyAtStartMs;
  let isDown = false;
  let killsAtWrite = false;

  // Listeners hear of a write after it took place and before its answer goes out: the worst moment to die.
  const unsubscribe = syncro.onChange(() => {
    if (!killsAtWrite) return;
    killsAtWrite = false;
    app.kill();
  });

  const isOn = (name: ToggleName): boolean => {
    if (name === 'down') return isDown;
    if (name === 'killAtWrite') return killsAtWrite;
    const fault = ordered.get(name);
    return fault !== undefined && syncro.pendingFaults().includes(fault);
  };

  const order = (name: FaultName, on: boolean): void => {
    const others = [...ordered].filter(([each]) => each !== name && isOn(each));
    ordered.clear();
    syncro.clearFaults();
    for (const [each, fault] of on ? [...others, [name, { ...FAULTS[name] }] as const] : others) {
      ordered.set(each, fault);
      syncro.fault(fault);
    }
  };

  const toggle = (name: ToggleName, on: boolean): void => {
    if (isFault(name)) order(name, on);
    else if (name === 'killAtWrite') killsAtWrite = on;
    else if (on !== isDown) {
      isDown = on;
      syncro.down(on);
      events.add(on ? 'Syncro is down.' : 'Syncro is up again.', on);
    }
  };

  return {
    set: (given: Switch): void => {
      switch (given.set) {
        case 'toggle':
          toggle(given.name, given.on);
          break;
        case 'kill':
          app.kill();
          break;
        case 'reply': {
          const ticket = syncro.state.tickets.find(({ number }) => number === given.ticket);
          if (ticket) syncro.customerReply(ticket.id, REPLY);
          break;
        }
        case 'latency':
          latencyMs = given.ms;
          syncro.setLatency(given.ms);
      }
    },
    states: (): SwitchesPart => ({
      toggles: TOGGLES.map(([name, label, about]) => ({ name, label, about, on: isOn(name) })),
      latencyMs,
      maxLatencyMs: MAX_LATENCY_MS,
    }),
    close: unsubscribe,
  };
};
