// Loaded before anything else (`node --import`) by a process that gets its time from a test.
import { openSync, readSync } from 'node:fs';
import { activity, atRest, watchActivity } from './activity.ts';
import { type FromChild, TIME_FILE, type ToChild } from './messages.ts';
import { nextTurn } from './real.ts';
import { createVirtualTime } from './virtual-clock.ts';

const path = process.env[TIME_FILE];
if (path !== undefined) {
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(16);
  const now = (): number => {
    readSync(file, bytes, 0, bytes.length, 0);
    return Number(bytes.toString('latin1'));
  };
  if (process.send === undefined) {
    // A tool that is over in a moment: its days are the test's, its timers the machine's.
    const RealDate = Date;
    globalThis.Date = new Proxy(RealDate, {
      construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
      get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
    });
  } else {
    watchActivity();
    const timers = createVirtualTime(now, () => undefined);
    timers.enter();
    const fire = async (): Promise<void> => {
      for (let due = timers.due(); due !== null && due <= now(); due = timers.due()) {
        timers.goTo(now());
        await nextTurn();
      }
      timers.goTo(now());
    };
    let firing = Promise.resolve();
    process.on('message', (message: ToChild) => {
      if (message.time === 'tick') firing = firing.then(fire);
      else
        void firing.then(atRest).then(() => {
          const answer: FromChild = { time: 'at rest', id: message.id, due: timers.due(), ...activity() };
          process.send?.(answer, undefined, undefined, () => undefined);
        });
    });
    // No process may stay behind a test that was itself killed.
    process.on('disconnect', () => process.exit(3));
  }
}
