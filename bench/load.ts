import { Worker } from 'node:worker_threads';
import type { LoadOrder, LoadResult } from './load-worker.ts';

/** Sends signed commands from a thread of its own, so that what the fakes do is not taken for the app's time. */
export const load = (order: LoadOrder): Promise<LoadResult> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { workerData: order });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
