export const WAITING = 'update:waiting';
