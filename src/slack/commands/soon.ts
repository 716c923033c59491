import { AppError } from '../../errors.ts';

export const soon = (): Promise<void> => Promise.reject(new AppError('stale', 'This command is not there yet.'));
