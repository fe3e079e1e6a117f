/** Writes dates and times in the user's language and time zone. */
export interface Times {
  /** Hours and minutes. */
  time(ms: number): string
  /** Date and time, in full. */
  full(ms: number): string
  /** A day as a separator says it: today, yesterday, a weekday with date; with the year where it is another one. */
  day(ms: number, nowMs: number): string
  /** The time when it is today, and date and time otherwise. */
  moment(ms: number, nowMs: number): string
  /** How long something lasts, in the largest unit that comes out even. */
  span(ms: number): string
  /** About how long something still takes, in the largest unit that it fills. */
  left(ms: number): string
}

const units = [
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** Local midnight of the day, in milliseconds; the same for two times of one local day. */
export function dayOf(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0)
}

/** Formats for a BCP 47 locale; in English where the locale is unknown. */
export function createTimes(locale: string): Times {
  const supported = supportedLocale(locale)
  const format = (options: Intl.DateTimeFormatOptions): ((ms: number) => string) => {
    const formatter = new Intl.DateTimeFormat(supported, options)
    return (ms) => (Number.isFinite(new Date(ms).getTime()) ? formatter.format(ms) : '')
  }
  const time = format({ hour: 'numeric', minute: '2-digit' })
  const full = format({ dateStyle: 'full', timeStyle: 'short' })
  const date = format({ weekday: 'long', day: 'numeric', month: 'long' })
  const dateWithYear = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const short = format({ dateStyle: 'medium', timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(supported, { numeric: 'auto' })
  const inUnit = (ms: number, fits: (unitMs: number) => boolean): string => {
    const [unit, unitMs] = units.find(([, one]) => fits(one)) ?? ['second', 1_000]
    const spelled = new Intl.NumberFormat(supported, { style: 'unit', unit, unitDisplay: 'long' })
    return spelled.format(Math.max(1, Math.round(ms / unitMs)))
  }
  return {
    time,
    full,
    day(ms, nowMs) {
      // Rounded: a day with a change of summer time has 23 or 25 hours.
      const days = Math.round((dayOf(ms) - dayOf(nowMs)) / 86_400_000)
      if (days === 0 || days === -1) return capitalise(relative.format(days, 'day'), supported)
      return new Date(ms).getFullYear() === new Date(nowMs).getFullYear() ? date(ms) : dateWithYear(ms)
    },
    span: (ms) => inUnit(ms, (unitMs) => ms % unitMs === 0),
    left: (ms) => inUnit(ms, (unitMs) => ms >= unitMs),
    moment: (ms, nowMs) => (dayOf(ms) === dayOf(nowMs) ? time(ms) : short(ms)),
  }
}

function supportedLocale(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

const capitalise = (text: string, locale: string): string => {
  const first = [...text][0] ?? ''
  return first.toLocaleUpperCase(locale) + text.slice(first.length)
}
