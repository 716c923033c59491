import { offerServer } from './shared-server.ts';

export default offerServer;
