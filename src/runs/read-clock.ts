import type { Clock } from '../shared/system.ts';
import type { ClockNow } from './rules/looks.ts';

export const readClock = (clock: Clock): ClockNow => ({ now: clock.now(), setAt: clock.setAt?.() ?? 0 });
