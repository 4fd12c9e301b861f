import type { Command } from 'commander';
import { textPainterChildPath } from '../../device/drivers/painter/path.ts';
import type { Cli } from '../cli.ts';
import { registerBoards } from './panel-boards.ts';
import { registerLines } from './panel-lines.ts';
import { registerMeasure } from './panel-measure.ts';
import { registerPattern } from './panel-pattern.ts';
import { registerPixels } from './panel-pixels.ts';
import { registerPreview } from './panel-preview.ts';
import { registerRender } from './panel-render.ts';
import { registerShow } from './panel-show.ts';
import { registerSignImage } from './panel-sign-image.ts';
import { registerSniff } from './panel-sniff.ts';
import { registerUpdate } from './panel-update.ts';

/** `prakat panel`: each verb registers itself on `panel`, in a file of its own. */
export function register(program: Command, cli: Cli): void {
  const panel = program.command('panel');
  registerRender(panel, cli, textPainterChildPath);
  registerPreview(panel, cli);
  registerShow(panel, cli);
  registerLines(panel, cli);
  registerBoards(panel, cli);
  registerPattern(panel, cli);
  registerPixels(panel, cli);
  registerMeasure(panel, cli);
  registerSniff(panel, cli);
  registerUpdate(panel, cli);
  registerSignImage(panel, cli);
}
