import { fileURLToPath } from 'node:url'
import type { ServiceMethod, ServiceRequests } from '../../../src/shared/service.ts'
import { type ChildProcess, runProcess } from './childProcess.ts'

/** A process that is one window of a person. */
export interface WindowProcess extends ChildProcess {
  /** Resolves when it leads, or did at any time before. */
  leads(): Promise<string>
  /** Resolves when it follows a leader: at each call another one. */
  follows(): Promise<string>
  /** Rejects with the code of a refusal as its message. `withinMs`: how long at most, where that is longer than usual. */
  ask<M extends ServiceMethod>(
    method: M,
    params: ServiceRequests[M]['params'],
    withinMs?: number,
  ): Promise<ServiceRequests[M]['result']>
  /** As the editor closes a window. */
  leave(): void
}

export interface WindowInit {
  readonly directory: string
  /** 64 hex digits; anything else for a window that has no key. */
  readonly key?: string
  readonly bootstrap?: readonly { readonly host: string; readonly port: number }[]
  readonly protocol?: number
  readonly environment?: Readonly<Record<string, string>>
}

export const goodKey = 'ab'.repeat(32)

export function openWindow({ environment, ...init }: WindowInit): WindowProcess {
  const options = { key: goodKey, bootstrap: [], ...init }
  const script = fileURLToPath(new URL('windowProcess.ts', import.meta.url))
  const child = runProcess(['--expose-gc', script, JSON.stringify(options)], environment)
  let asked = 0
  let leading: Promise<string> | undefined
  return {
    ...child,
    leads: () => (leading ??= child.says('leads')),
    follows: () => child.says('follows'),
    async ask<M extends ServiceMethod>(method: M, params: ServiceRequests[M]['params'], withinMs?: number) {
      const id = `${String(++asked)} `
      child.tell(`ask ${id}${method} ${JSON.stringify(params)}`)
      const answer = child.says(`answer ${id}`, withinMs)
      const refused = child.says(`refused ${id}`, withinMs).then((code) => {
        throw new Error(code)
      })
      answer.catch(() => undefined)
      refused.catch(() => undefined)
      return JSON.parse(await Promise.race([answer, refused])) as ServiceRequests[M]['result']
    },
    leave: () => child.tell('leave'),
  }
}
