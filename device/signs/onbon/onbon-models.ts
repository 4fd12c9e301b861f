/**
 * Cards by name. BX-5K: the number that any of them answers to (LuckyKoala/BX5KProtocol BX4K.h). BX-6 with picture
 * areas: numbers of onbonlab/bx.dual.dyn.java BxDeviceType (MIT).
 */
export const ONBON_MODELS = [
  { name: 'BX-5K', series: 'bx-5k', device: 0xfe },
  { name: 'BX-6E1', series: 'bx-6', device: 0x0174 },
  { name: 'BX-6E2', series: 'bx-6', device: 0x0274 },
  { name: 'BX-6E3', series: 'bx-6', device: 0x0374 },
  { name: 'BX-6E1X', series: 'bx-6', device: 0x0474 },
  { name: 'BX-6E2X', series: 'bx-6', device: 0x0574 },
  { name: 'BX-6Q1', series: 'bx-6', device: 0x0166 },
  { name: 'BX-6Q2', series: 'bx-6', device: 0x0266 },
  { name: 'BX-6Q3', series: 'bx-6', device: 0x0366 },
  { name: 'BX-6Q2L', series: 'bx-6', device: 0x0466 },
  { name: 'BX-6Q3L', series: 'bx-6', device: 0x0566 },
] as const;
