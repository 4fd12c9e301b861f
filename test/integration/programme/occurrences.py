"""Occurrences of an iCalendar file, by programs that are not ours: python3-icalendar reads it, python3-dateutil counts.

    occurrences.py FROM UNTIL < file.ics      seconds since 1970; prints {"titles": {uid: text}, "starts": {uid: [seconds, ...]}}
"""
import json
import sys
from datetime import datetime, time, timedelta, timezone

import icalendar
from dateutil.rrule import rruleset, rrulestr

since, until = (datetime.fromtimestamp(int(each), timezone.utc) for each in sys.argv[1:3])


THAI = timezone(timedelta(hours=7))


def moment(when):
    """A day without a time is said at eight; a time without a zone is a Thai one."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time(8), THAI)
    return when if when.tzinfo else when.replace(tzinfo=THAI)


def dates(event, name):
    lists = event.get(name, [])
    for each in lists if isinstance(lists, list) else [lists]:
        yield from (moment(date.dt) for date in each.dts)


def occurrences(event, instead):
    if str(event.get('STATUS', '')) == 'CANCELLED' or str(event.get('CLASS', '')) == 'PRIVATE':
        return
    start = moment(event['DTSTART'].dt)
    times = rruleset()
    if 'RRULE' in event:
        times.rrule(rrulestr(event['RRULE'].to_ical().decode(), dtstart=start))
    else:
        times.rdate(start)
    for date in dates(event, 'RDATE'):
        times.rdate(date)
    for date in dates(event, 'EXDATE'):
        times.exdate(date)
    if 'RECURRENCE-ID' not in event:
        for date in instead.get(str(event['UID']), []):
            times.exdate(date)
    for each in times.xafter(since, inc=True):
        if each >= until:
            return
        yield int(each.timestamp())


events = icalendar.Calendar.from_ical(sys.stdin.buffer.read().decode('utf-8-sig')).walk('VEVENT')
replaced = {}
starts = {}
for event in events:
    if 'RECURRENCE-ID' in event:
        replaced.setdefault(str(event['UID']), []).append(moment(event['RECURRENCE-ID'].dt))
for event in events:
    starts.setdefault(str(event['UID']), []).extend(occurrences(event, replaced))
print(json.dumps({'titles': {str(event['UID']): str(event['SUMMARY']) for event in events}, 'starts': starts}))
