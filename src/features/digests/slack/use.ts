import type { DigestDesk } from '../digest-desk.ts';

export type DigestsUse = { readonly digests: DigestDesk };
