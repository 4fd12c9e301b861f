import type { Command } from 'commander';
import { textPainterChildPath } from '../../device/drivers/text-painter-path.ts';
import type { Cli } from '../cli.ts';
import { registerRender } from './panel-render.ts';

/** `prakat panel`: each verb registers itself on `panel`, in a file of its own. */
export function register(program: Command, cli: Cli): void {
  const panel = program.command('panel');
  registerRender(panel, cli, textPainterChildPath);
}
