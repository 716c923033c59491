import { readFileSync } from 'node:fs';
import { TIME_FILE } from '../../time/messages.ts';

// Run by the crash tests as a process of its own, all in one file.

process.on('unhandledRejection', (error) => console.error('unhandled rejection', error));

const start = async (): Promise<void> => {
  // Before anybody asks for the time.
  if (process.env[TIME_FILE] !== undefined) await import('../../time/child.ts');
  const { startStruck } = await import('./start-struck.ts');
  const app = await startStruck(readFileSync(process.env.CONFIG_FILE ?? '', 'utf8'), process.env);
  process.emit('started' as 'beforeExit', 0);
  process.on('SIGTERM', () => {
    app.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
};

// No process may stay behind a test that was itself killed.
process.stdin.resume().on('end', () => process.exit(3));
start().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
