import { AsyncLocalStorage } from 'node:async_hooks';
import type { InRequest } from './system.ts';

const storage = new AsyncLocalStorage<string>();

/** The reference of the request or run that is being worked on; every line of the log carries it, people see it. */
export const currentRef = (): string | undefined => storage.getStore();

export const inRequest: InRequest = (ref, work) => storage.run(ref, work);

/** For what a request sets off but what is not its own work. */
export const outsideRequest = <T>(work: () => T): T => storage.exit(work);
