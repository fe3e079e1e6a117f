import { parsePeriod } from '../../core/search/parseSearch.ts'

/** The first moment of a day, month or year that was typed, in this machine's time zone; `undefined` where it is none. */
export function startOf(typed: string, now: Date): number | undefined {
  const period = parsePeriod(typed)
  if (period === undefined) return undefined
  const [year, month, day] =
    typeof period === 'number'
      ? [now.getFullYear(), now.getMonth(), now.getDate() + period]
      : [period.year, (period.month ?? 1) - 1, period.day ?? 1]
  const date = new Date(0)
  date.setFullYear(year, month, day)
  return Math.max(0, date.setHours(0, 0, 0, 0))
}
