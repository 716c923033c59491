import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names the one place in which a process id means one process: this boot of this kernel, and the namespace that counts
 * the ids there. Containers may share a host name, and all of them have a process 1. `null`: it can't be told here.
 */
const pidSpace = (): string | null => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const space = /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0];
    return space ? `${boot}.${space}` : null;
  } catch {
    return null;
  }
};

/** Apps of this very process: several only in tests. */
const living = new Set<string>();

/**
 * Names this process among all that share a journal: host name (for people), where its id counts, id, and a nonce, since
 * ids are used again.
 * @param shared other machines may use the journal; then a host name proves nothing
 */
export const createOwner = (shared = true): string => {
  const place = pidSpace() ?? (shared ? '' : 'here');
  const owner = `${hostname()}/${place}/${process.pid}/${randomBytes(4).toString('hex')}`;
  living.add(owner);
  return owner;
};

/** The app stopped although its process goes on, as in tests and the demo. */
export const endOwner = (owner: string): void => void living.delete(owner);

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
};

/**
 * True when the holder of a lease is certainly dead: a process whose id counts where ours does and that is not there any
 * more. All others keep their lease until it ends: two holders of one run would be worse than a minute's wait.
 */
export const createIsGone = (self: string) => {
  const [host, place, pid] = self.split('/');
  return (owner: string): boolean => {
    const [otherHost, otherPlace, otherPid, nonce] = owner.split('/');
    if (living.has(owner) || !place || otherPlace !== place || otherHost !== host) return false;
    if (nonce === undefined || !/^\d+$/.test(otherPid ?? '')) return false;
    // Our own id, but none of ours: an earlier process had it.
    return otherPid === pid || !isRunning(Number(otherPid));
  };
};
