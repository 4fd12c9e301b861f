import { STRAY_ON_PAGE } from '../../../firmware-protocol/content/stray-letters.ts';

const STRAY = new RegExp(STRAY_ON_PAGE, 'gu');

/** What may stand in a text of ours, of what was copied from a chat or a web page. */
export function plainPaste(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(STRAY, '');
}

/** Letters that nobody sees are left out where they are pasted: the server refuses them, and nobody could find them in a field. */
export function cleanPastes(page: Document): void {
  page.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const plain = plainPaste(text);
    const isField = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
    if (plain === text || !isField) return;
    event.preventDefault();
    // The one way to insert that the field can undo, and tells its page of.
    page.execCommand('insertText', false, plain);
  });
}
