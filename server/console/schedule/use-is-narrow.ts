import { useMediaQuery } from '@mantine/hooks';

/** A telephone, upright: seven days do not fit, nor do long words. The same width as in the style sheets. */
export const useIsNarrow = (): boolean => useMediaQuery('(max-width: 48em)') ?? false;
