import { type ExecFileException, execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { UnfitFile } from './ordinary-file.ts';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 1_000_000;
/** What sops and the key services behind it read; Slack's and Syncro's secrets are none of its business. */
const PASSED =
  /^(PATH|HOME|USER|LANG|TMPDIR|GNUPGHOME|GPG_TTY|HTTPS?_PROXY|NO_PROXY)$|^(XDG|SOPS|AWS|GOOGLE|AZURE|VAULT)_/;

type Ended = { readonly error: ExecFileException | null; readonly stdout: string; readonly stderr: string };

const words = (stderr: string): string =>
  stderr
    .replace(/AGE-SECRET-KEY-[A-Z0-9-]+/gi, '[key]')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);

/**
 * Decrypts a file with the sops program. `null`: there is none on the PATH.
 * @throws UnfitFile
 */
export const runSops = async (
  file: string,
  ageKeyFile: string,
  variables: NodeJS.ProcessEnv,
): Promise<{ json: unknown } | null> => {
  const passed = Object.entries(variables).filter(([name]) => PASSED.test(name));
  const options = {
    env: { ...Object.fromEntries(passed), SOPS_AGE_KEY_FILE: ageKeyFile },
    cwd: dirname(file),
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_BYTES,
  } as const;
  const { error, stdout, stderr } = await new Promise<Ended>((resolve) => {
    execFile('sops', ['-d', '--output-type', 'json', file], options, (error, stdout, stderr) =>
      resolve({ error, stdout, stderr }),
    );
  });
  if (error?.code === 'ENOENT' || error?.code === 'EACCES') return null;
  if (error?.killed) throw new UnfitFile(`the sops program gave no answer in ${TIMEOUT_MS / 1000} s`);
  if (error) throw new UnfitFile(`sops says: ${words(stderr) || `exit code ${error.code ?? 'unknown'}`}`);
  try {
    return { json: JSON.parse(stdout) };
  } catch {
    throw new UnfitFile('the sops program wrote no JSON');
  }
};
