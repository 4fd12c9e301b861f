import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../../server/content/media-title.ts';

describe('title of an upload', () => {
  it.each([
    ['ประกาศ_น้ำท่วม.mp3', 'ประกาศ น้ำท่วม'],
    ['C:\\เสียง\\เช้านี้.wav', 'เช้านี้'],
    ['/tmp/x/front.center.wav', 'front.center'],
    ['a\u0000b\u202ec.ogg', 'a b c'],
    ['.mp3', 'ไม่มีชื่อ'],
    ['', 'ไม่มีชื่อ'],
    ['cafe\u0301.mp3', 'café'],
  ])('%j is %j', (fileName, title) => {
    expect(titleOf(fileName)).toBe(title);
  });

  it('is cut between clusters: no mark stands alone at its end', () => {
    const title = titleOf('ที่นี่'.repeat(60));
    expect(title.length).toBeLessThanOrEqual(120);
    expect('ที่นี่'.repeat(60).slice(title.length)).toMatch(/^[ก-ฮ]/);
  });
});
