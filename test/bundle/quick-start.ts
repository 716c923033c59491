import { resolve } from 'node:path';

/** Beside the packages, as the app's own: what tests make once and need not make again. */
export const TEST_CACHE = resolve('node_modules/.cache/syncro-slack-tests');

const MB = 2 ** 20;

/**
 * glibc asks the system for memory in large pieces, and keeps it: a page that is touched first costs a fault, which in a
 * virtual machine is a fifth of a start. Other C libraries don't know it.
 */
const FEW_FAULTS = {
  'glibc.malloc.hugetlb': 1,
  'glibc.malloc.top_pad': 16 * MB,
  'glibc.malloc.mmap_threshold': 64 * MB,
  'glibc.malloc.trim_threshold': 256 * MB,
};

export const MEMORY = {
  GLIBC_TUNABLES: Object.entries(FEW_FAULTS)
    .map((each) => each.join('='))
    .join(':'),
} as const;

/** For the environment of processes that tests start: what one compiled the next need not, which halves a start. */
export const QUICK_START = { ...MEMORY, NODE_COMPILE_CACHE: `${TEST_CACHE}/compiled` } as const;
