import manifest from '../../package.json' with { type: 'json' };

/** This version of the app. */
export const VERSION = manifest.version;
