// Loaded before anything else (`node --import`) by a process that gets its time from a test.
import { activity, atRest, watchActivity } from './activity.ts';
import { type FromChild, TIME_FILE, type ToChild } from './messages.ts';
import { nextTurn } from './real.ts';
import { createVirtualTime, timeOf } from './virtual-clock.ts';

const path = process.env[TIME_FILE];
if (path === undefined) throw new Error(`${TIME_FILE} must name the file with the time`);

watchActivity();
const now = timeOf(path);
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
