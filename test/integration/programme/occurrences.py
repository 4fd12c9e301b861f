"""Occurrences of an iCalendar file, by programs that are not ours: python3-icalendar reads it, python3-dateutil counts.

    occurrences.py FROM UNTIL < file.ics      seconds since 1970; prints {"titles": {uid: text}, "starts": {uid: [seconds, ...]}}
"""
import json
import sys
from datetime import datetime, timezone

import icalendar
from dateutil.rrule import rruleset, rrulestr

since, until = (datetime.fromtimestamp(int(each), timezone.utc) for each in sys.argv[1:3])


def dates(event, name):
    lists = event.get(name, [])
    for each in lists if isinstance(lists, list) else [lists]:
        yield from (date.dt for date in each.dts)


def occurrences(event):
    if str(event.get('STATUS', '')) == 'CANCELLED':
        return
    start = event['DTSTART'].dt
    times = rruleset()
    if 'RRULE' in event:
        times.rrule(rrulestr(event['RRULE'].to_ical().decode(), dtstart=start))
    else:
        times.rdate(start)
    for date in dates(event, 'RDATE'):
        times.rdate(date)
    for date in dates(event, 'EXDATE'):
        times.exdate(date)
    for each in times.xafter(since, inc=True):
        if each >= until:
            return
        yield int(each.timestamp())


events = icalendar.Calendar.from_ical(sys.stdin.buffer.read()).walk('VEVENT')
print(json.dumps({
    'titles': {str(event['UID']): str(event['SUMMARY']) for event in events},
    'starts': {str(event['UID']): list(occurrences(event)) for event in events},
}))
