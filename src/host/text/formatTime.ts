const halfAYearMs = 182 * 24 * 60 * 60 * 1000

/**
 * A moment (milliseconds since 1970) in the user's language: the time alone when it is today, with its date otherwise, and
 * with its year where that could be another one.
 */
export function formatTime(at: number, locale: string, now: number): string {
  const date = new Date(at)
  const isToday = date.toDateString() === new Date(now).toDateString()
  const time = { hour: 'numeric', minute: '2-digit' } as const
  const day = { month: 'short', day: 'numeric' } as const
  const isNear = Math.abs(at - now) < halfAYearMs
  const parts = isToday ? time : isNear ? { ...day, ...time } : { ...day, year: 'numeric' as const, ...time }
  return new Intl.DateTimeFormat(locale, parts).format(date)
}
