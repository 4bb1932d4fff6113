/** A log time in parts, so that a narrow screen can leave some out: day and month, time of day, milliseconds. */
export interface LineTime {
  date: string;
  clock: string;
  millis: string;
}

const two = (value: number) => String(value).padStart(2, '0');

/** A time in the zone of the machine this runs on: call it in the browser only. */
export function toLineTime(iso: string): LineTime {
  const time = new Date(iso);
  return {
    date: `${two(time.getMonth() + 1)}-${two(time.getDate())}`,
    clock: `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`,
    millis: String(time.getMilliseconds()).padStart(3, '0'),
  };
}
