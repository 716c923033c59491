import fc from 'fast-check';

const { FC_SEED, FC_PATH } = process.env;

/**
 * For every test of random data, instead of the package itself. A failure says its `seed` and `path`; both can be given
 * again: `FC_SEED=-123 FC_PATH=4:0 npm run jest -- <file> -t <test>`. Without a path the same data comes once more from
 * its beginning, in every test that is run.
 */
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  ...(FC_SEED ? { seed: Number(FC_SEED) } : {}),
  ...(FC_PATH ? { path: FC_PATH } : {}),
});

export { fc };
