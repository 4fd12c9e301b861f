import '@fontsource/noto-sans-thai/latin-400.css';
import '@fontsource/noto-sans-thai/latin-600.css';
import '@fontsource/noto-sans-thai/thai-400.css';
import '@fontsource/noto-sans-thai/thai-600.css';
import '@mantine/core/styles.css';
import '../house/house.css';
import { createRoot } from 'react-dom/client';
import { cleanPastes } from '../house/pasted-text.ts';
import { startScheme } from '../house/scheme.ts';
import { tellStyleNonce } from '../house/style-nonce.ts';
import { Themed } from '../house/themed.tsx';
import { startWords } from '../words/language.ts';
import { Door } from './door.tsx';

/** The console in place of the words that stood on the page until it was there. */
export async function openDoor(place: HTMLElement): Promise<void> {
  startScheme();
  tellStyleNonce();
  cleanPastes(document);
  await startWords();
  createRoot(place).render(
    <Themed>
      <Door />
    </Themed>,
  );
}
