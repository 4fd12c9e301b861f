import '@fontsource/noto-sans-thai/thai-400.css';
import '@fontsource/noto-sans-thai/thai-600.css';
import './village/village.css';
import { createRoot } from 'react-dom/client';
import { cleanPastes } from './house/pasted-text.ts';
import { VillagePage } from './village/village-page.tsx';
import { startWords } from './words/language.ts';

const place = document.getElementById('village');
if (place === null) throw new Error('the page has no #village');

cleanPastes(document);
await startWords();
createRoot(place).render(<VillagePage />);
