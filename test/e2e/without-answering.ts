import { registerHooks } from 'node:module';

// With --import: an installation in which a part is missing that is loaded after the start.
registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier.endsWith('/start-answering.ts')) throw new Error('planted: a file is missing');
    return next(specifier, context);
  },
});
