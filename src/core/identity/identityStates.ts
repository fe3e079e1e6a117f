import type { LockedReason } from '../../shared/service.ts'

/** What was found at start-up. */
export interface IdentityFindings {
  /** `damaged`: it is there and is not a whole identity file, or what it seals is malformed. */
  readonly file: 'absent' | 'present' | 'damaged'
  /** The secret keeper holds a key. */
  readonly secret: boolean
  /** That key unwraps the file's data key. */
  readonly unwraps: boolean
}

export type IdentityStep = 'create' | 'open' | { readonly locked: LockedReason }

/**
 * What may be done with what was found. Only where there is no file may an identity be created: a missing or wrong
 * secret never puts a fresh identity over an old one.
 */
export function nextStep({ file, secret, unwraps }: IdentityFindings): IdentityStep {
  if (file === 'absent') return 'create'
  if (file === 'damaged') return { locked: 'damaged' }
  if (!secret) return { locked: 'secret-missing' }
  return unwraps ? 'open' : { locked: 'secret-wrong' }
}
