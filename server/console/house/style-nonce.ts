/** What the server put into this answer of the page: a style that is set while the page runs and does not know it is refused. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.nonce ?? '';

/** Dialogs hold the page still by a style of a package of a package, which looks for the nonce under this name alone. */
export function tellStyleNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
}
