/**
 * A moment (milliseconds since 1970) in the user's language, always with its whole date: for what is a while ago, or is read
 * later. `zone`: how the time zone is named beside it, for what somebody elsewhere reads.
 */
export function formatDatedTime(at: number, locale: string, zone?: 'short'): string {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    ...(zone !== undefined && { timeZoneName: zone }),
  }).format(at)
}
