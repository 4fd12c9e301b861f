import '@fontsource/noto-sans-thai/latin-400.css';
import '@fontsource/noto-sans-thai/latin-600.css';
import '@fontsource/noto-sans-thai/thai-400.css';
import '@fontsource/noto-sans-thai/thai-600.css';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './house/house.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { Door } from './door/door.tsx';
import { startScheme } from './house/scheme.ts';
import { THEME } from './house/theme.ts';
import { startWords } from './words/language.ts';

const place = document.getElementById('console');
if (place === null) throw new Error('the page has no #console');

startScheme();
await startWords();
createRoot(place).render(
  <MantineProvider theme={THEME} defaultColorScheme="auto">
    <Door />
  </MantineProvider>,
);
