import type { CSSProperties } from 'react';
import type { DragHandlers } from '../drag/use-drag.ts';
import { BlockFace, useBlockName, type Whose } from './block-face.tsx';
import type { Block } from './blocks.ts';

interface Props {
  block: Block;
  whose: Whose;
  isTroubled: boolean;
  canMove: boolean;
  canStretch: boolean;
  drag: DragHandlers;
  style?: CSSProperties;
  className?: string;
}

/** A block that can be opened, moved and pulled. */
export function BlockButton({
  block,
  whose,
  isTroubled,
  canMove,
  canStretch,
  drag,
  style,
  className,
}: Props) {
  const name = useBlockName(block, whose, isTroubled);
  const isDragged = drag.drag?.block.key === block.key;
  return (
    <button
      ref={canMove ? drag.hold : null}
      type="button"
      className={`plan-block ${className ?? ''}`}
      data-band={block.row.band}
      data-whose={whose}
      data-dragged={isDragged || undefined}
      data-movable={canMove || undefined}
      style={style}
      aria-label={name}
      aria-describedby={canMove ? 'plan-grab' : undefined}
      title={name}
      onPointerDown={(event) => drag.onPointerDown(event, block)}
      onPointerMove={drag.onPointerMove}
      onPointerUp={drag.onPointerUp}
      onPointerCancel={drag.end}
      onKeyDown={(event) => drag.onKeyDown(event, block)}
      onBlur={drag.onBlur}
      onClick={(event) => {
        event.stopPropagation();
        drag.onClick(block);
      }}
    >
      <BlockFace block={block} whose={whose} isTroubled={isTroubled} />
      {canStretch && (
        <span
          className="plan-stretch"
          aria-hidden
          onPointerDown={(event) => drag.onPointerDown(event, block, 'stretch')}
          onPointerMove={drag.onPointerMove}
          onPointerUp={(event) => {
            event.stopPropagation();
            drag.onPointerUp();
          }}
        />
      )}
    </button>
  );
}
