import './fit-node.mjs';
import * as module from 'node:module';
import { join } from 'node:path';

// What is compiled once, types stripped, is kept beside the packages: the next start takes half the processor time and
// 20 MB less. Never in the shared /tmp, where anybody could leave something to be run. Where it can't be written, or on
// a Node that can't do it, everything is compiled each time.
module.enableCompileCache?.(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'syncro-slack'));
await import('./main.ts');
// Else only an orderly end would keep it.
module.flushCompileCache?.();
