import { examineAll, tableOf } from '../app/examine-all.ts';

// syncro-slack doctor: says in a table what works.

const findings = await examineAll(process.env);
process.stdout.write(tableOf(findings));
process.exitCode = findings.some(({ state }) => state === 'failed') ? 1 : 0;
