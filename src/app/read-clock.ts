import type { ClockNow } from '../domain/looks.ts';
import type { Clock } from './ports/system.ts';

export const readClock = (clock: Clock): ClockNow => ({ now: clock.now(), setAt: clock.setAt?.() ?? 0 });
