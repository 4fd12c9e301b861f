import { ALPHA_COMMANDS, ALPHA_SPECIALS, errorsOf } from './alpha-commands.ts';
import type { AlphaPacket } from './alpha-packet.ts';

/** `alpha write-small-dots type=Z address=00 file=B 16x96 check=sum`. */
export function alphaLine({ type, address, command, check }: AlphaPacket): string {
  const parts = [`alpha ${nameOf(command)}`, `type=${shown(type)}`, `address=${shown(address)}`];
  const [code = '', label = ''] = command;
  if ('IJABGH'.includes(code)) parts.push(`file=${shown(label)}`);
  const size = /^I.([0-9A-F]{2})([0-9A-F]{2})/s.exec(command);
  if (size !== null)
    parts.push(`${Number.parseInt(size[2] ?? '', 16)}x${Number.parseInt(size[1] ?? '', 16)}`);
  const errors = errorsOf(command);
  if (errors !== undefined) parts.push(`errors=${errors.length === 0 ? 'none' : errors.join(',')}`);
  if (size === null && errors === undefined) parts.push(`bytes=${command.length}`);
  return `${parts.join(' ')} check=${check}`;
}

function nameOf(command: string): string {
  const [code = '', label = ''] = command;
  const name = Object.entries(ALPHA_COMMANDS).find(([known]) => known === code)?.[1];
  if (name === undefined) return `unknown-${shown(code)}`;
  if (code !== 'E' && code !== 'F') return name;
  const special = Object.entries(ALPHA_SPECIALS).find(([known]) => known === label)?.[1];
  return `${name} ${special ?? shown(label)}`;
}

/** Bytes that are no printable ASCII as hex, so that a line of the log stays one line. */
function shown(text: string): string {
  return [...text].map((letter) => (/[!-~]/.test(letter) ? letter : `\\x${hexOf(letter)}`)).join('');
}

function hexOf(letter: string): string {
  return letter.charCodeAt(0).toString(16).padStart(2, '0');
}
