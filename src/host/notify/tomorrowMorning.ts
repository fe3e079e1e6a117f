const morningHour = 8

/** Eight o'clock of the next day, local time; in milliseconds since 1970, as `now` is. */
export function tomorrowMorning(now: number): number {
  const date = new Date(now)
  date.setDate(date.getDate() + 1)
  return date.setHours(morningHour, 0, 0, 0)
}
