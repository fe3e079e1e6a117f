import type { TestContext } from 'node:test'
import { join } from 'node:path'
import { openNodeChat } from '../../../src/node/openNodeChat.ts'
import type { Chat } from '../../../src/core/chat.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { MemorySecretKeeper } from '../../doubles/memorySecretKeeper.ts'
import { openLoopbackDht } from '../../doubles/loopbackDht.ts'
import { temporaryDirectory } from '../temporaryDirectory.ts'
import { goodKey, openWindow, type WindowInit, type WindowProcess } from './window.ts'

/** A data directory that several windows use; every one that was opened ends with the test. */
export interface Profile {
  readonly directory: string
  open(init?: Partial<WindowInit>): WindowProcess
}

/** A profile without an identity, or with Alice's. */
export async function createProfile(
  context: TestContext,
  init: Partial<WindowInit> & { readonly isEmpty?: boolean } = {},
): Promise<Profile> {
  const { isEmpty = false, ...window } = init
  const temporary = temporaryDirectory()
  const directory = window.directory ?? join(temporary.path, 'tincan')
  const opened: WindowProcess[] = []
  context.after(async () => {
    await Promise.all(opened.map((one) => one.kill()))
    temporary.dispose()
  })
  if (!isEmpty) await makeIdentity(directory)
  return {
    directory,
    open(own = {}) {
      const one = openWindow({ ...window, directory, ...own })
      opened.push(one)
      return one
    },
  }
}

/** Makes Alice's identity, wrapped by the good key, with nobody running afterwards. */
export async function makeIdentity(directory: string): Promise<void> {
  const secrets = new MemorySecretKeeper(Buffer.from(goodKey, 'hex'))
  const chat = await openNodeChat({ directory, secrets, bootstrap: [], host: '127.0.0.1' })
  await chat.start()
  await chat.request('identity/create', { name: 'Alice' })
  await chat.dispose()
}

/** Alice's profile with a conversation with Bob, who runs in this process, on a network of their own. */
export async function createAcquainted(context: TestContext): Promise<
  Profile & {
    readonly bob: Chat
    readonly conversation: ConversationId
    readonly first: WindowProcess
    readonly bootstrap: readonly { readonly host: string; readonly port: number }[]
  }
> {
  const dht = await openLoopbackDht()
  const temporary = temporaryDirectory()
  const { bootstrap } = dht
  const bob = await openNodeChat({
    directory: join(temporary.path, 'bob'),
    secrets: new MemorySecretKeeper(),
    bootstrap,
    host: '127.0.0.1',
  })
  context.after(async () => {
    await bob.dispose()
    await dht.dispose()
    temporary.dispose()
  })
  await bob.start()
  await bob.request('identity/create', { name: 'Bob' })
  const profile = await createProfile(context, { bootstrap })
  const first = profile.open()
  await first.leads()
  const { link } = await bob.request('invite/create', { kind: 'contact', autoAccept: true })
  const known = new Promise<ConversationId>((resolve) => {
    bob.on('invite/changed', ({ conversation }) => conversation && resolve(conversation))
  })
  await first.ask('invite/accept', { link })
  return { ...profile, bob, first, bootstrap, conversation: await known }
}
