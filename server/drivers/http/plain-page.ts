import { createHash } from 'node:crypto';

interface Words {
  th: string;
  en: string;
}

const STYLE = `body{font:16px/1.6 "Noto Sans Thai",sans-serif;margin:15vh auto 0;max-width:34rem;padding:0 1rem;color:#1b1f24}
small{color:#59636e}`;

/** Nothing from elsewhere, no script at all, and no style but this one. */
export function pagePolicy(style: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A page that says one thing, in Thai and English; the words are ours and hold no marks of HTML. */
export function plainPage({ title, text }: { title: Words; text: Words }): { html: string; style: string } {
  const html = `<!doctype html>
<html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>prakat ประกาศ</title>
<style>${STYLE}</style></head>
<body><h1>${title.th}</h1><p>${text.th}</p><p lang="en"><small><b>${title.en}.</b> ${text.en}</small></p></body></html>
`;
  return { html, style: STYLE };
}
