#!/usr/bin/env node
import './fit-node.mjs';
import * as module from 'node:module';
import { join } from 'node:path';

const COMMANDS = {
  start: ['', 'the app itself', () => import('./main.ts')],
  doctor: ['', 'says in a table what works; changes nothing', () => import('./doctor.ts')],
  audit: ['--verify --csv', 'checks the record of who did what, prints it', () => import('./audit.ts')],
  backup: ['<folder or new file>', 'copies the database while the app runs', () => import('./backup.ts')],
  restore: ['<backup> | --mark', 'puts a backup in the place of the database', () => import('./restore.ts')],
  reencrypt: ['', 'seals the connected keys with a new ENCRYPTION_KEY', () => import('./reencrypt.ts')],
  move: ['<from> <to>', 'moves everything to another database', () => import('./move.ts')],
};

// What is left are the command's own.
const [word = ''] = process.argv.splice(2, 1);
if (!Object.hasOwn(COMMANDS, word)) {
  const asked = ['', 'help', '--help', '-h'].includes(word);
  const rows = Object.entries(COMMANDS).map(([name, [takes, does]]) => `  ${`${name} ${takes}`.padEnd(31)} ${does}\n`);
  (asked ? process.stdout : process.stderr).write(
    `${asked ? '' : `There is no command ${word}.\n`}syncro-slack <command>\n\n${rows.join('')}`,
  );
  process.exit(asked ? 0 : 2);
}

// What is compiled once, types stripped, is kept beside the packages: the next start takes half the processor time and
// 20 MB less. Never in the shared /tmp, where anybody could leave something to be run. Where it can't be written, or on
// a Node that can't do it, everything is compiled each time.
module.enableCompileCache?.(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'syncro-slack'));
const [, , run] = COMMANDS[word];
await run();
// Else only an orderly end would keep it.
module.flushCompileCache?.();
