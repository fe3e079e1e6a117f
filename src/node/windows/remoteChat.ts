import { type Disposable, Emitter } from '../../shared/disposable.ts'
import type {
  ChatService,
  ServiceMethod,
  ServiceNotification,
  ServiceNotifications,
  ServiceRequests,
} from '../../shared/service.ts'
import { decodeRefusal, type RpcSocket } from './rpcSocket.ts'
import { parseStanding, type Standing } from './windowMessages.ts'

/** The leader's chat as its follower uses it, over an introduced socket: the leader is trusted as oneself. */
export interface RemoteChat {
  readonly chat: ChatService
  readonly onStanding: (listener: (standing: Standing) => void) => Disposable
}

export function remoteChat({ connection }: RpcSocket): RemoteChat {
  const standings = new Emitter<Standing>()
  let standing: Standing | undefined
  connection.onNotification('window/standing', (params: unknown) => {
    standing = parseStanding(params) ?? standing
    if (standing !== undefined) standings.fire(standing)
  })
  const emitters = new Map<ServiceNotification, Emitter<unknown>>()
  const emitterOf = (name: ServiceNotification): Emitter<unknown> => {
    const known = emitters.get(name)
    if (known !== undefined) return known
    const made = new Emitter<unknown>()
    emitters.set(name, made)
    connection.onNotification(name, (params: unknown) => made.fire(params))
    return made
  }
  const chat: ChatService = {
    async request<M extends ServiceMethod>(method: M, params: ServiceRequests[M]['params']) {
      try {
        return await connection.sendRequest<ServiceRequests[M]['result']>(method, params)
      } catch (error) {
        throw decodeRefusal(error)
      }
    },
    on: (name, listener) => emitterOf(name).event((value) => listener(value as ServiceNotifications[typeof name])),
  }
  return {
    chat,
    onStanding(listener) {
      if (standing !== undefined) listener(standing)
      return standings.event(listener)
    },
  }
}
