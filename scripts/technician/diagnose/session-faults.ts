import { REFUSED_LOGON } from './broker-talk.ts';
import { type Finding, found, plain } from './finding.ts';

export function noMqtt(): Finding {
  return found('logon', 'fail', {
    cause: { en: 'what answers there does not speak MQTT', th: 'ปลายทางไม่ใช่โบรกเกอร์ MQTT' },
    remedy: {
      en: 'a captive portal, or another port: open a web page with a phone in the same network, and ask the province for the port',
      th: 'อาจเป็นหน้าลงชื่อของเครือข่าย หรือพอร์ตผิด: เปิดเว็บด้วยโทรศัพท์ในเครือข่ายเดียวกัน และถามหมายเลขพอร์ตจากจังหวัด',
    },
  });
}

export function refusedLogon(code: number, device: string): Finding {
  const said =
    Object.entries(REFUSED_LOGON).find(([known]) => Number(known) === code)?.[1] ?? plain(`CONNACK ${code}`);
  if (code === 3)
    return found('logon', 'fail', {
      figure: said,
      cause: { en: 'the broker is up and cannot serve now', th: 'โบรกเกอร์ทำงานแต่ยังให้บริการไม่ได้' },
      remedy: { en: 'wait some minutes; then tell the province', th: 'รอสองสามนาที แล้วแจ้งจังหวัด' },
    });
  return found('logon', 'fail', {
    figure: { en: `${device}: ${said.en}`, th: `${device}: ${said.th}` },
    cause: {
      en: 'the broker does not accept the name and password of this hall: it was enrolled anew elsewhere, blocked, or the broker lost its accounts',
      th: 'โบรกเกอร์ไม่รับชื่อและรหัสของหอนี้: ลงทะเบียนใหม่ที่เครื่องอื่น ถูกระงับ หรือโบรกเกอร์เสียข้อมูลบัญชี',
    },
    remedy: {
      en: 'ask the province whether this hall is known and allowed; else for a code, and: sudo prakat device setup --again',
      th: 'ถามจังหวัดว่าหอนี้อยู่ในระบบหรือไม่ หากไม่อยู่ให้ขอรหัส แล้วสั่ง: sudo prakat device setup --again',
    },
  });
}
