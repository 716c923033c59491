import { readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { TIME_FILE } from '../time/messages.ts';

// Run by the crash tests as a process of its own, all in one file.

// Before anybody asks for the time.
if (process.env[TIME_FILE] !== undefined) await import('../time/child.ts');
const { startStruck } = await import('./start-struck.ts');

process.on('unhandledRejection', (error) => console.error('unhandled rejection', error));
const app = await startStruck(readFileSync(process.env.CONFIG_FILE ?? '', 'utf8'), process.env);
// A process that is killed can't leave what it compiled to the next one.
flushCompileCache();

process.on('SIGTERM', () => {
  app.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
// No process may stay behind a test that was itself killed.
process.stdin.resume().on('end', () => process.exit(3));
