import { useAnswer } from '../../wire/use-wire.tsx';

/** All that is saved for areas of the account, above and below them, by title. */
export const useSaved = () => useAnswer('templates', { use: 'saved' });
