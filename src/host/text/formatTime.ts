/** A moment (milliseconds since 1970) in the user's language: the time alone when it is today, with its date otherwise. */
export function formatTime(at: number, locale: string, now: number): string {
  const date = new Date(at)
  const isToday = date.toDateString() === new Date(now).toDateString()
  return new Intl.DateTimeFormat(
    locale,
    isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  ).format(date)
}
