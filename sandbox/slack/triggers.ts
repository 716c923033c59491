import type { SandboxClock } from './clock.ts';

type Trigger = { readonly userId: string; readonly viewId?: string; readonly bornAt: number; used: boolean };
type Taken = { readonly userId: string; readonly viewId?: string };

export type Triggers = {
  /** `viewId`: the modal that the person acted in; `views.push` puts the next one on top of it. */
  readonly issue: (userId: string, viewId?: string) => string;
  readonly take: (id: string) => Taken | { readonly error: string };
  /** It can be taken once more. */
  readonly giveBack: (id: string) => void;
};

/** A trigger opens one view, once, while it lives. */
export const createTriggers = (clock: SandboxClock, nextId: () => string, lifeMs: number): Triggers => {
  const issued = new Map<string, Trigger>();
  return {
    issue: (userId, viewId) => {
      const id = `${clock.now()}.${nextId()}.trigger`;
      issued.set(id, { userId, bornAt: clock.now(), used: false, ...(viewId === undefined ? {} : { viewId }) });
      return id;
    },
    take: (id) => {
      const trigger = issued.get(id);
      if (!trigger) return { error: 'invalid_trigger_id' };
      if (trigger.used) return { error: 'exchanged_trigger_id' };
      if (clock.now() - trigger.bornAt > lifeMs) return { error: 'expired_trigger_id' };
      trigger.used = true;
      return trigger;
    },
    giveBack: (id) => {
      const trigger = issued.get(id);
      if (trigger) trigger.used = false;
    },
  };
};
