import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { asModule, forNode, thisTarget } from '../../esbuild.mjs'
import type { LoopbackDht } from '../doubles/loopbackDht.ts'
import { Participant, type Handlers } from './control.ts'

/** How much is measured: the full run, or a short one that only proves that the bench works. */
export interface Scale {
  readonly rounds: number
  readonly echoes: number
  readonly liveMessages: number
  readonly floodMessages: number
  /** Lengths of the histories that are fetched. */
  readonly histories: readonly number[]
  readonly openedHistory: number
  /** Members of the room that is opened and joined. */
  readonly roomMembers: number
  /** Members of the rooms to which one message is sent. */
  readonly fanOuts: readonly number[]
  /** Megabytes (MiB) of the file that is timed, and of the one that must not show in memory. */
  readonly fileMegabytes: number
  readonly largeFileMegabytes: number
  readonly scrolledFrames: number
}

export const fullScale: Scale = {
  rounds: 5,
  echoes: 2000,
  liveMessages: 400,
  floodMessages: 20_000,
  histories: [10_000, 100_000],
  openedHistory: 100_000,
  roomMembers: 200,
  fanOuts: [50, 200],
  fileMegabytes: 128,
  largeFileMegabytes: 2048,
  scrolledFrames: 1500,
}

export const quickScale: Scale = {
  rounds: 2,
  echoes: 100,
  liveMessages: 20,
  floodMessages: 500,
  histories: [500],
  openedHistory: 500,
  roomMembers: 5,
  fanOuts: [5],
  fileMegabytes: 4,
  largeFileMegabytes: 8,
  scrolledFrames: 60,
}

/** The entry points of the processes that are measured. */
const participantScripts = [
  'rawParticipant',
  'chatParticipant',
  'historyWriter',
  'roomWriter',
  'searchParticipant',
  'windowParticipant',
] as const
export type ParticipantScript = (typeof participantScripts)[number]

/** What a scenario works with. Everything it starts or creates through it is gone after `close`. */
export class BenchContext {
  readonly scale: Scale
  readonly bootstrap: LoopbackDht['bootstrap']
  readonly #directory: string
  readonly #scripts: string
  readonly #participants = new Set<{ kill(): Promise<void> }>()

  constructor(scale: Scale, bootstrap: LoopbackDht['bootstrap'], directory: string, scripts: string) {
    this.scale = scale
    this.bootstrap = bootstrap
    this.#directory = directory
    this.#scripts = scripts
  }

  /** Bundles the participants with all they import, as the product is bundled (loading parts one by one costs memory that users never pay). */
  static async open(scale: Scale, bootstrap: LoopbackDht['bootstrap'], root: string): Promise<BenchContext> {
    const scripts = join(root, 'dist', 'bench')
    await build({
      ...forNode(thisTarget),
      ...asModule,
      entryPoints: participantScripts.map((name) => join(root, 'test', 'bench', `${name}.ts`)),
      outdir: scripts,
      minify: true,
      // What is imported late is loaded late.
      splitting: true,
    })
    await mkdir(scripts, { recursive: true })
    return new BenchContext(scale, bootstrap, await mkdtemp(join(tmpdir(), 'tincan-bench-')), scripts)
  }

  /** A participant in a process of its own. */
  start<H extends Handlers>(script: ParticipantScript): Participant<H> {
    const participant = new Participant<H>(join(this.#scripts, `${script}.mjs`))
    this.#participants.add(participant)
    return participant
  }

  /** A fresh directory. */
  directory(): Promise<string> {
    return mkdtemp(join(this.#directory, 'data-'))
  }

  /** Ends the participants started so far: between scenarios. */
  async endParticipants(): Promise<void> {
    await Promise.all([...this.#participants].map((participant) => participant.kill()))
    this.#participants.clear()
  }

  async close(): Promise<void> {
    await this.endParticipants()
    await rm(this.#directory, { recursive: true, force: true })
  }
}
