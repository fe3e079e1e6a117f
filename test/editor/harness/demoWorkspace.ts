import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { runCommand } from './ownedProcess.ts'

const files: Readonly<Record<string, string>> = {
  'README.md': '# Kettle\n\nBoils water, and says when it is done.\n',
  'src/kettle.ts': `/** A kettle that says when its water boils. */
export class Kettle {
  #celsius = 20

  get isBoiling(): boolean {
    return this.#celsius >= 100
  }

  heat(joules: number, litres: number): void {
    if (litres <= 0) throw new RangeError('An empty kettle must not be heated')
    this.#celsius = Math.min(100, this.#celsius + joules / (4_186 * litres))
  }
}
`,
  'src/brew.py': `from dataclasses import dataclass


@dataclass
class Tea:
    name: str
    minutes: float

    def is_ready(self, waited: float) -> bool:
        return waited >= self.minutes
`,
}

/** The remote that the demo's git repository names; nothing is ever fetched from it. */
export const demoRemote = 'https://example.org/kettle.git'

/** Makes a small project in a git repository with one commit. Leaves a folder that exists as it is. */
export async function createDemoWorkspace(folder: string, owner: string): Promise<void> {
  if (existsSync(folder)) return
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  const git = (...args: string[]): Promise<string> => runCommand({ command: 'git', args: ['-C', folder, ...args] })
  const author = ['-c', `user.name=${owner}`, '-c', `user.email=${owner.toLowerCase()}@example.org`]
  await git('init', '--quiet', '--initial-branch=main')
  await git('remote', 'add', 'origin', demoRemote)
  await git('add', '.')
  await git(...author, '-c', 'commit.gpgSign=false', 'commit', '--quiet', '-m', 'Boil water')
}
