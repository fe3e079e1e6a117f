import { isGitRemote } from '../../core/body/snippetFields.ts'

/**
 * A git remote without anything secret: no personal user name, password, token, query or fragment. `undefined` for local
 * paths and for whatever is not an address on a network, because a path of this machine is nobody's business.
 */
export function cleanRemote(remote: string): string | undefined {
  const text = remote.trim()
  const clean = text.includes('://') ? cleanUrl(text) : cleanScp(text)
  return clean !== undefined && isGitRemote(clean) ? clean : undefined
}

function cleanUrl(text: string): string | undefined {
  const url = URL.parse(text)
  if (url === null || url.host === '' || !/^(?:https?|ssh|git):$/.test(url.protocol)) return undefined
  const user = url.protocol === 'ssh:' && url.username === 'git' ? 'git@' : ''
  return `${url.protocol}//${user}${url.host}${url.pathname}`
}

/** `user@host:path`. Two letters at least before the colon: one is a Windows drive. */
function cleanScp(text: string): string | undefined {
  const match = /^(?:([^@/:]+)@)?([A-Za-z0-9.-]{2,}):([^:@?#\\]+)$/.exec(text)
  if (match === null) return undefined
  const [, user, host = '', path = ''] = match
  return user === 'git' ? `git@${host}:${path}` : `ssh://${host}/${path.replace(/^\/+/, '')}`
}
