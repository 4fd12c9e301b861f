import type { Command } from 'commander';
import { textPainterChildPath } from '../../../device/drivers/painter/path.ts';
import type { Cli } from '../../cli.ts';
import { registerBoards } from './boards.ts';
import { registerLines } from './lines.ts';
import { registerMeasure } from './measure.ts';
import { registerPattern } from './pattern.ts';
import { registerPixels } from './pixels.ts';
import { registerPreview } from './preview.ts';
import { registerRender } from './render.ts';
import { registerShow } from './show.ts';
import { registerSignImage } from './sign-image.ts';
import { registerSniff } from './sniff.ts';
import { registerUpdate } from './update.ts';

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
