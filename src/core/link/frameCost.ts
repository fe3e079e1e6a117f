import type { AllowanceInit } from './allowance.ts'
import type { Frame } from './frame.ts'

/**
 * What one side of a link may cost the other beside messages, which credit bounds: several times what the busiest
 * honest link says, and far too little to keep a processor busy.
 */
export const frameAllowance: AllowanceInit = { burst: 20_000, perSecond: 10_000 }

/** What a frame costs whoever gets it: a frame of a later version as much as the cheapest. */
export function costOf(type: Frame['type'] | 'unknown'): number {
  switch (type) {
    case 'profile':
    case 'keepsake':
      // A transaction, and every list of people drawn anew.
      return 1_000
    case 'open':
      return 10
    case 'address-noted':
    case 'compare':
    case 'typing':
    case 'read':
    case 'presence':
    case 'around':
      // A list of conversations drawn anew.
      return 100
    case 'file-open':
      // Looks through what is here.
      return 20
    case 'run':
    case 'file-part':
      // Credit bounds these, and what was asked for.
      return 0
    default:
      return 1
  }
}
