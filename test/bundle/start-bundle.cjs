const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { pathToFileURL } = require('node:url');
const { Script } = require('node:vm');

// Node's own cache holds what is compiled before a file runs. Half of a start is what V8 compiles while it runs, so that
// is kept, too; and once a process has worked, what its work took.

/** @param {string} file what is kept; `undefined` when there is nothing yet */
const kept = (file) => {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
};

const bundle = process.argv[2] ?? '';
const compiled = `${bundle}.compiled`;
const worked = `${bundle}.worked`;
const cachedWork = kept(worked);
const cachedData = cachedWork ?? kept(compiled);
const script = new Script(readFileSync(bundle, 'latin1'), { filename: bundle, cachedData });
const start = script.runInThisContext();

/** @param {string} file */
const keep = (file) => {
  const own = `${file}-${process.pid}`;
  writeFileSync(own, script.createCachedData());
  renameSync(own, file);
};
const isGood = (data) => data !== undefined && script.cachedDataRejected === false;
process.once('started', () => {
  if (!isGood(cachedData)) keep(compiled);
});
process.once('worked', () => {
  if (!isGood(cachedWork)) keep(worked);
});
// The packages are found from here, not from where the bundle is kept.
start(createRequire(__filename), pathToFileURL(__filename).href);
