import type { AuditRow } from '../../src/runs/ports.ts';
import type { Run } from '../../src/runs/rules/run.ts';
import { isWrite } from '../../src/runs/rules/step.ts';
import { firstBroken } from '../../src/runs/store/audit.ts';

const SAYS_IT_IS_THERE = ['confirmed', 'found', 'on_word'];

/** The chain holds, and what every run did stands in the audit, once. */
export const judgeAudit = (rows: readonly AuditRow[], runs: readonly Run[]): readonly string[] => {
  const problems: string[] = [];
  const broken = firstBroken(rows);
  if (broken !== null) problems.push(`the audit's chain is broken at row ${broken}`);
  for (const run of runs) {
    const own = rows.filter(({ runId }) => runId === run.id);
    if (new Set(own.map(({ n }) => n)).size !== own.length) problems.push(`${run.ref}: audited twice`);
    for (const { action, state } of run.steps) {
      if (!isWrite(action) || state.phase !== 'done') continue;
      // Of a changed ticket it also says to what.
      const saysIt = (what: string): boolean =>
        what.split(':')[0] === action.kind && (run.note === undefined || what.endsWith(`: ${run.note}`));
      const outcomes = state.how === 'refused' ? ['refused'] : SAYS_IT_IS_THERE;
      const told = own.some(({ what, outcome }) => saysIt(what) && outcomes.includes(outcome));
      if (!told) problems.push(`${run.ref}: ${action.kind} is done, and not in the audit`);
    }
    if (own.some(({ syncroUserId }) => syncroUserId !== run.author.id))
      problems.push(`${run.ref}: audited under another name`);
  }
  return problems;
};
