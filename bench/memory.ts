import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process holds of this machine's memory, in MB. */
export const residentMb = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
  }
};

/** Looks again and again. @returns stops it and tells the most that was seen */
export const watchMemory = (pid: number): (() => number) => {
  let most = residentMb(pid);
  const timer = setInterval(() => {
    most = Math.max(most, residentMb(pid));
  }, 20);
  return () => {
    clearInterval(timer);
    return most;
  };
};
