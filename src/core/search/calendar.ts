import type { Clock } from '../ports/clock.ts'
import type { Period, RelativeDay, Search } from './parseSearch.ts'

const dayMs = 86_400_000

/** A span of time: `from` inclusive, `until` exclusive. */
export interface Span {
  readonly from: number
  readonly until: number
}

/** What all dates of a search leave of time, by the user's calendar. */
export function spanOf(dates: Search['dates'], clock: Clock): Span {
  let from = Number.NEGATIVE_INFINITY
  let until = Number.POSITIVE_INFINITY
  for (const { side, period } of dates) {
    const span = periodSpan(period, clock)
    if (side !== 'before') from = Math.max(from, side === 'on' ? span.from : span.until)
    if (side !== 'after') until = Math.min(until, side === 'on' ? span.until : span.from)
  }
  return { from, until }
}

function periodSpan(period: Period | RelativeDay, clock: Clock): Span {
  if (typeof period === 'number') {
    const { year, month, day } = today(clock)
    return {
      from: clock.localMidnight(year, month, day + period),
      until: clock.localMidnight(year, month, day + period + 1),
    }
  }
  const { year, month, day } = period
  const from = clock.localMidnight(year, month ?? 1, day ?? 1)
  if (month === undefined) return { from, until: clock.localMidnight(year + 1, 1, 1) }
  return {
    from,
    until: day === undefined ? clock.localMidnight(year, month + 1, 1) : clock.localMidnight(year, month, day + 1),
  }
}

/** The user's date: that of UTC, the one before or the one after. */
function today(clock: Clock): { readonly year: number; readonly month: number; readonly day: number } {
  const now = clock.now()
  const utc = civil(Math.floor(now / dayMs))
  const starts = (offset: number): boolean => clock.localMidnight(utc.year, utc.month, utc.day + offset) <= now
  return { ...utc, day: utc.day + (starts(1) ? 1 : starts(0) ? 0 : -1) }
}

/** The date of a day since 1970 in the Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms"). */
export function civil(daysSince1970: number): { readonly year: number; readonly month: number; readonly day: number } {
  const days = daysSince1970 + 719_468
  const era = Math.floor(days / 146_097)
  const ofEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * ofYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * shifted + 2) / 5) + 1,
  }
}
