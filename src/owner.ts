import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Names this process among all that share a journal: machine, process id, and a nonce, since ids are used again. */
export const createOwner = (): string => `${hostname()}/${process.pid}/${randomBytes(4).toString('hex')}`;

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
 * True when the holder of a lease is certainly dead: a process of this machine that is not there any more. Holders on
 * other machines, and ids that somebody else may have by now, keep their lease until it ends.
 */
export const createIsGone = (self: string) => {
  const [host, pid] = self.split('/');
  return (owner: string): boolean => {
    const [otherHost, otherPid] = owner.split('/');
    if (owner === self || otherHost !== host) return false;
    // A restarted container has the same host name and process id: then the nonce tells that it is not us.
    return otherPid === pid || !isRunning(Number(otherPid));
  };
};
