import { closeServer } from './shared-server.ts';

export default closeServer;
