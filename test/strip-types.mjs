import { stripTypeScriptTypes } from 'node:module';

const process = (source) => ({ code: stripTypeScriptTypes(source) });
export default { process, processAsync: async (source) => process(source) };
