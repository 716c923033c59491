import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Ten times what a file with one key needs: whoever can write one must not hold the process up with YAML. */
const MOST_BYTES = 32 * 1024;

/** Why a file gives no key, as the end of "… can't be read: ". Never holds a secret. */
export class UnfitFile extends Error {}

/**
 * Reads a file that holds a secret: an ordinary one, because a pipe never ends, and no large one.
 * @param options.oneName only a file that goes by this name alone: no link, and no hard link to what lies elsewhere
 * @throws UnfitFile
 */
export const readOrdinary = async (file: string, { oneName = false } = {}): Promise<string> => {
  // Without O_NONBLOCK, to open a pipe waits for somebody to write.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | (oneName ? constants.O_NOFOLLOW : 0));
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new UnfitFile("it isn't an ordinary file");
    if (found.size > MOST_BYTES) throw new UnfitFile(`it is larger than ${MOST_BYTES / 1024} kB`);
    if (oneName && found.nlink > 1) throw new UnfitFile('a hard link gives it a second name');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(found.size + 1));
    if (bytesRead > found.size) throw new UnfitFile('it grows while it is read');
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
};

/**
 * Where a file of a folder really is, links followed.
 * @throws UnfitFile when that is not inside the folder
 */
export const realFileIn = async (dir: string, file: string): Promise<string> => {
  const [folder, real] = await Promise.all([realpath(dir), realpath(file)]);
  if (!real.startsWith(join(folder, sep))) throw new UnfitFile('it is not inside the vault');
  return real;
};
