import { randomBytes } from 'node:crypto'
import { HeadlessPeer } from '../../headless/headlessPeer.ts'
import { onlyConversation, untilOnline } from '../../headless/world.ts'
import type { BenchContext } from '../context.ts'
import { ratio, type Section } from '../report.ts'
import { figure, percentile, repeat } from '../statistics.ts'
import type { RawFigures } from './rawSocket.ts'

/** The live latency once more, as a bot sees it: over JSON-RPC on both ends, told in one process. */
export async function measureStdio(bench: BenchContext, raw: RawFigures): Promise<Section> {
  const bootstrap = bench.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',')
  const start = async (name: string): Promise<HeadlessPeer> => {
    const args = ['--data', await bench.directory(), '--bootstrap', bootstrap, '--host', '127.0.0.1']
    const peer = new HeadlessPeer(args, { TINCAN_KEY: randomBytes(32).toString('hex') })
    await peer.request('identity/create', { name })
    return peer
  }
  const [ada, bob] = await Promise.all([start('Ada'), start('Bob')])
  try {
    const { link } = await ada.request('invite/create', { kind: 'contact', autoAccept: true })
    await bob.request('invite/accept', { link })
    const { id: conversation } = await onlyConversation(bob)
    await Promise.all([untilOnline(ada, conversation), untilOnline(bob, conversation)])

    const body = { kind: 'text', text: 'x'.repeat(200) } as const
    const sendOne = async (): Promise<number> => {
      const sentAt = performance.now()
      const { id } = await ada.request('message/send', { conversation, body })
      await bob.waitFor('message/added', ({ message }) => message.id === id)
      const took = performance.now() - sentAt
      bob.told.length = 0
      ada.told.length = 0
      return took
    }
    const rounds = await repeat(bench.scale.rounds, async () =>
      percentile(await repeat(bench.scale.liveMessages, sendOne), 0.5),
    )
    const p50 = figure(rounds)
    return {
      title: 'The same over stdio, as a bot sees it',
      entries: [{ name: 'p50', unit: 'ms', figure: p50, raw: raw.echoMs, ratio: ratio(p50, raw.echoMs) }],
    }
  } finally {
    await Promise.all([ada.kill(), bob.kill()])
  }
}
