import { run } from './cli/run.ts';
import type { Words } from './cli/words.ts';
import type { Register } from './cli.ts';

interface Verb {
  says: Words;
  load: () => Promise<{ register: Register }>;
}

/** The verbs in the order in which a newcomer meets them. Each is loaded when it is used: help comes at once. */
const VERBS: Record<string, Verb> = {
  demo: {
    says: { en: 'a server, three village halls, one announcement', th: 'สาธิตทั้งระบบบนเครื่องนี้' },
    load: () => import('./commands/demo.ts'),
  },
  server: {
    says: { en: 'run the server of a province', th: 'เปิดเซิร์ฟเวอร์ของจังหวัด' },
    load: () => import('./commands/server/server.ts'),
  },
  device: {
    says: { en: 'run the agent of a hall', th: 'เปิดโปรแกรมของหอกระจายข่าว' },
    load: () => import('./commands/device/device.ts'),
  },
  login: {
    says: { en: 'log on as an operator, once per computer', th: 'เข้าสู่ระบบผู้ปฏิบัติงาน ครั้งเดียวต่อเครื่อง' },
    load: () => import('./commands/login.ts'),
  },
  enrol: {
    says: { en: 'make the one-time code of a new hall', th: 'ออกรหัสลงทะเบียนหอใหม่' },
    load: () => import('./commands/enrol.ts'),
  },
  push: {
    says: { en: 'announce by tower and sign', th: 'ประกาศออกหอกระจายข่าวและป้าย' },
    load: () => import('./commands/push.ts'),
  },
  stop: {
    says: { en: 'stop one order, or everything in an area', th: 'หยุดคำสั่งหนึ่ง หรือทุกอย่างในพื้นที่' },
    load: () => import('./commands/stop.ts'),
  },
  retry: {
    says: { en: 'an order once more, to the silent halls only', th: 'ส่งคำสั่งซ้ำเฉพาะหอที่ไม่ตอบ' },
    load: () => import('./commands/retry.ts'),
  },
  places: {
    says: {
      en: 'the villages, groups of them, and who has a box that works',
      th: 'หมู่บ้าน กลุ่ม และความครอบคลุม',
    },
    load: () => import('./commands/places.ts'),
  },
  programme: {
    says: {
      en: 'the programme of an area: show, draft, publish, roll back, who has it',
      th: 'ผังรายการของพื้นที่: แสดง ร่าง เผยแพร่ ย้อนกลับ หอใดได้รับแล้ว',
    },
    load: () => import('./commands/programme.ts'),
  },
  calendar: {
    says: {
      en: 'holidays, wan phra and imported days that programmes name',
      th: 'วันหยุด วันพระ และปฏิทินที่นำเข้า',
    },
    load: () => import('./commands/calendar.ts'),
  },
  ical: {
    says: {
      en: 'a programme as iCalendar: to other calendars, and from them into a draft',
      th: 'ผังรายการแบบ iCalendar: ส่งออกไปปฏิทินอื่น และนำเข้าเป็นร่าง',
    },
    load: () => import('./commands/ical.ts'),
  },
  explain: {
    says: { en: 'what a village will hear and see, and why', th: 'หมู่บ้านจะได้ยินและเห็นอะไร เพราะเหตุใด' },
    load: () => import('./commands/explain.ts'),
  },
  occurrences: {
    says: { en: 'when each entry of the plans comes, day by day', th: 'รายการในผังออกวันใด เวลาใด' },
    load: () => import('./commands/occurrences.ts'),
  },
  library: {
    says: {
      en: 'sound and pictures: find, rename, share, remove',
      th: 'คลังเสียงและภาพ: ค้นหา เปลี่ยนชื่อ แบ่งปัน ลบ',
    },
    load: () => import('./commands/library.ts'),
  },
  templates: {
    says: { en: 'announcements that lie ready, by area', th: 'ประกาศสำเร็จรูปของแต่ละพื้นที่' },
    load: () => import('./commands/templates.ts'),
  },
  stick: {
    says: { en: 'carry programmes to halls without a line', th: 'นำผังรายการไปหอที่ไม่มีสัญญาณด้วยแฟลชไดรฟ์' },
    load: () => import('./commands/stick.ts'),
  },
  watch: {
    says: { en: 'follow an order, or the halls of an area', th: 'ติดตามคำสั่ง หรือหอในพื้นที่' },
    load: () => import('./commands/watch.ts'),
  },
  approve: {
    says: { en: 'be the second person: what waits, yes, no', th: 'อนุมัติในฐานะคนที่สอง' },
    load: () => import('./commands/approve.ts'),
  },
  people: {
    says: { en: 'accounts: who may do what, and where', th: 'บัญชีผู้ใช้: ใครทำอะไรได้ ที่ใด' },
    load: () => import('./commands/people.ts'),
  },
  keys: {
    says: { en: 'signing keys: which there are, rotate, revoke', th: 'กุญแจลงนาม: รายการ ออกใหม่ เพิกถอน' },
    load: () => import('./commands/keys.ts'),
  },
  audit: {
    says: { en: 'who did what: export, verify', th: 'บันทึกว่าใครทำอะไร: ส่งออก ตรวจ' },
    load: () => import('./commands/audit.ts'),
  },
  diagnose: {
    says: {
      en: 'check a hall: power, clock, disk, link, sound, sign; also without internet',
      th: 'ตรวจหอ: ไฟ นาฬิกา ดิสก์ เครือข่าย เสียง ป้าย ใช้ได้แม้ไม่มีอินเทอร์เน็ต',
    },
    load: () => import('./commands/diagnose.ts'),
  },
  panel: {
    says: {
      en: 'see a page, test a sign and its line, update its board',
      th: 'ดูภาพ ทดสอบป้ายและสาย อัปเดตบอร์ด',
    },
    load: () => import('./commands/panel/panel.ts'),
  },
  audio: {
    says: { en: 'prepare sound, and try the sound of this hall', th: 'เตรียมเสียง และทดสอบเสียงของหอนี้' },
    load: () => import('./commands/audio/audio.ts'),
  },
  alert: {
    says: {
      en: 'warnings of other agencies in CAP: check a file, decide on what came',
      th: 'ประกาศเตือนแบบ CAP จากหน่วยงานอื่น: ตรวจไฟล์ ตัดสินใจ',
    },
    load: () => import('./commands/alert/alert.ts'),
  },
  release: {
    says: {
      en: 'new versions of the program for the halls: sign, publish',
      th: 'โปรแกรมรุ่นใหม่สำหรับหอ: ลงนาม เผยแพร่',
    },
    load: () => import('./commands/release.ts'),
  },
  bench: {
    says: { en: 'measure, beside the floor, in one run', th: 'วัดสมรรถนะ' },
    load: () => import('./commands/bench.ts'),
  },
};

/** The verb that is used in full, or all of them as one line of help each. */
async function verbsFor(argv: string[]): Promise<Register[]> {
  const name = argv.find((word) => Object.hasOwn(VERBS, word));
  const verb = name === undefined ? undefined : VERBS[name];
  if (name === undefined || verb === undefined) return Object.entries(VERBS).map(lineOfHelp);
  const { register } = await verb.load();
  return [
    (program, cli) => {
      register(program, cli);
      program.commands.find((command) => command.name() === name)?.description(cli.text(verb.says));
    },
  ];
}

function lineOfHelp([name, { says }]: [string, Verb]): Register {
  return (program, cli) => {
    program.command(name).description(cli.text(says));
  };
}

// `prakat … | head` closes the pipe early: nobody reads the rest. Words beside the result may be lost, the result is not.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const argv = process.argv.slice(2);
process.exitCode = await run(argv, await verbsFor(argv));
