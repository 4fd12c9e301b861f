/**
 * What a terminal obeys instead of showing it: control characters (ECMA-48), and marks that turn the order of all letters behind them round
 * (UAX 9). A hall, a stick or a server may have put them into a name; a line break and a tab are ours.
 */
const COMMANDS = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu;
/** Those of them that JSON does not escape by itself; between its strings there are none. */
const LEFT_BY_JSON = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text for a terminal, each command in it made visible: `<U+001B>`. */
export function shownText(text: string): string {
  return text.replace(COMMANDS, (sign) => `<U+${hexOf(sign)}>`);
}

/** One line of JSON for a terminal or a program: the same document, in characters that no terminal obeys. */
export function shownJson(document: unknown): string {
  return JSON.stringify(document).replace(LEFT_BY_JSON, (sign) => `\\u${hexOf(sign).toLowerCase()}`);
}

function hexOf(sign: string): string {
  return sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
