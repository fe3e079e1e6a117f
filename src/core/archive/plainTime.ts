import { civil } from '../search/calendar.ts'

const dayMs = 86_400_000
const two = (value: number): string => String(value).padStart(2, '0')

/** The day and the time of a moment in UTC: `2026-11-28`, `14:03`. */
export function plainTime(at: number): { readonly day: string; readonly time: string } {
  const { year, month, day } = civil(Math.floor(at / dayMs))
  const minutes = Math.floor((at % dayMs) / 60_000)
  return {
    day: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`,
    time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
  }
}
