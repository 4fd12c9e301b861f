import { roomWords } from '../words/language.ts';

export const AREA_WORDS = roomWords(
  'areas',
  {
    nation: 'ทั้งประเทศ',
    map: 'แผนที่ 77 จังหวัด',
    mapBy: 'แผนที่: MapSVG (CC BY 4.0)',
    halls: '{{count}} แห่ง',
    online: 'ออนไลน์ {{online}} จาก {{halls}}',
    open: 'เปิดรายการย่อยของ {{area}}',
    village: 'หมู่บ้าน {{area}}',
    none: 'ไม่มีหอกระจายข่าวในพื้นที่นี้',
    path: 'พื้นที่ที่ดูอยู่',
  },
  {
    nation: 'The whole country',
    map: 'Map of the 77 provinces',
    mapBy: 'Map: MapSVG (CC BY 4.0)',
    halls: '{{count}} halls',
    online: '{{online}} of {{halls}} online',
    open: 'Open what lies below {{area}}',
    village: 'Village {{area}}',
    none: 'No halls in this area',
    path: 'The area you look at',
  },
);
