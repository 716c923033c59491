import { driveClient } from './drive-client.ts';
import { judge } from './judge-problems.ts';
import { knownDeviations } from './known-deviations.ts';
import { checkExchanges, readOpenApi } from './openapi.ts';
import { driveEndpoints } from './syncro/drive-endpoints.ts';
import { startSyncro } from './syncro/start-syncro.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: npm run check:openapi -- <path to openapi.json>');
  process.exit(2);
}

const syncro = await startSyncro({ record: true, requestsPerMinute: 0 });
syncro.state.settings.has_drafts = true;
try {
  await driveEndpoints(syncro, 'sandbox-howard');
  for (const auth of ['query', 'header'] as const) await driveClient(syncro.url, 'sandbox-howard', auth);
} finally {
  await syncro.close();
}

const found = checkExchanges(readOpenApi(file), syncro.exchanges);
const { open, unused } = judge(found, knownDeviations);

for (const problem of open) console.log(`${problem.operation} ${problem.text}`);
for (const deviation of unused)
  console.log(`unused deviation: ${deviation.operation} ${deviation.problem.source} (${deviation.source})`);
const count = open.length + unused.length;
console.log(
  `${syncro.exchanges.length} exchanges, ${found.length - open.length} known deviations, ${count} ${count === 1 ? 'problem' : 'problems'}`,
);
process.exitCode = count === 0 ? 0 : 1;
