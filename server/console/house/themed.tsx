import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useWords } from '../words/language.ts';
import { HOUSE_WORDS } from './house-words.ts';
import { styleNonce } from './style-nonce.ts';
import { THEME } from './theme.ts';

/** The looks of the console. What Mantine draws by itself, a cross that closes, has its name in the language of now. */
export function Themed({ children }: { children: ReactNode }) {
  const close = useWords(HOUSE_WORDS)('close');
  const theme = useMemo(() => {
    const named = { defaultProps: { closeButtonProps: { 'aria-label': close } } };
    return mergeThemeOverrides(THEME, { components: { Modal: named, Drawer: named, Notification: named } });
  }, [close]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      {children}
    </MantineProvider>
  );
}
