/** Services that take the names of owners and repositories in any case. */
const caseless = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org', 'dev.azure.com', 'gitea.com'])

/** Names under which a service answers for ssh, by the name under which it answers otherwise. */
const sshHosts: Readonly<Record<string, string>> = {
  'ssh.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
  'altssh.bitbucket.org': 'bitbucket.org',
  'ssh.dev.azure.com': 'dev.azure.com',
}

/**
 * What an address of a git repository names, the same for each of its spellings: `host/path`, without scheme, user, port
 * and `.git`, for https, http, git and ssh URLs and for `user@host:path`. `undefined` where it is no address on a
 * network. Two addresses with one identity are one repository; it is compared and shown, never opened.
 */
export function repositoryIdentity(remote: string): string | undefined {
  const text = remote.trim()
  if (text.length > maxRemoteLength || /[\s\p{Cc}\\]/u.test(text)) return undefined
  const [, host = '', path = ''] = url.exec(text) ?? scp.exec(text) ?? []
  const name = host.toLowerCase().replace(/\.$/, '')
  const server = Object.hasOwn(sshHosts, name) ? (sshHosts[name] ?? name) : name
  const clean = path
    .replace(/[?#].*$/, '')
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/i, '')
  if (server === '' || clean === '') return undefined
  const named =
    server === 'dev.azure.com' || server.endsWith('.visualstudio.com') ? azure(server, clean) : `${server}/${clean}`
  return caseless.has(named.split('/', 1)[0] ?? '') ? named.toLowerCase() : named
}

const maxRemoteLength = 2048
const url = /^(?:https?|git|ssh|git\+ssh):\/\/(?:[^@/]*@)?(\[[0-9a-f:.]+\]|[^/:@[\]]+)(?::\d{1,5})?\/(.+)$/i
/** Two letters at least before the colon: one is a Windows drive. */
const scp = /^(?:[^@/:]+@)?([a-z0-9.-]{2,}):(?!\/\/)(.+)$/i

/** `v3/org/project/repo` over ssh, `org/project/_git/repo` or `org.visualstudio.com/project/_git/repo` over https. */
function azure(server: string, path: string): string {
  const owner = server === 'dev.azure.com' ? [] : [server.slice(0, -'.visualstudio.com'.length)]
  const parts = [...owner, ...path.split('/')].filter((part) => part !== '_git')
  const [first, ...rest] = parts
  return ['dev.azure.com', ...(first === 'v3' ? rest : parts)].join('/')
}
