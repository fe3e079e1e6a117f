/** One window of a person: a leader or a follower, as in the editor. */
import type { Membership } from '../../src/node/windows/joinProfile.ts'
import { createEnvironmentSecret } from '../../src/headless/environmentSecret.ts'
import { exposeHandlers } from './control.ts'
import { readIdleMemory } from './gauges.ts'

const silence = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const secrets = createEnvironmentSecret(new Uint8Array(32).fill(7))
let membership: Membership | undefined

const handlers = {
  /** Takes part in the use of a directory; answers as what. */
  async join(directory: string): Promise<Membership['kind']> {
    // Loaded here, as the editor loads them, so that what was there before can be measured.
    const { createJoinProfile } = await import('../../src/node/windows/joinProfile.ts')
    const openChat = async () => {
      const { openNodeChat } = await import('../../src/node/openNodeChat.ts')
      const chat = await openNodeChat({ directory, secrets, bootstrap: [], host: '127.0.0.1' })
      await chat.start()
      return chat
    }
    const join = createJoinProfile({ directory, secrets, openChat, log: silence })
    membership = await join(new AbortController().signal, () => undefined)
    return membership.kind
  },
  createIdentity: async (name: string): Promise<void> => {
    await membership?.chat.request('identity/create', { name })
  },
  /** The name that this window learns through its service. */
  readName: async (): Promise<string | undefined> => (await membership?.chat.request('identity/get', {}))?.name,
  idleMemory: () => readIdleMemory(),
}

export type WindowHandlers = typeof handlers
exposeHandlers(handlers)
