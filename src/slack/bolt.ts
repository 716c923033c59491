import appModule from '@slack/bolt/dist/App.js';
import receiverModule from '@slack/bolt/dist/receivers/HTTPReceiver.js';

// Bolt's index also loads Express, for a receiver that is not used here: 130 files, an eighth of a bare app's start.
export const { default: App } = appModule;
export const { default: HTTPReceiver } = receiverModule;
