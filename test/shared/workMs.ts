/** Milliseconds of processor time that `work` takes, the least of three times: what else the machine does is not in it. */
export function workMs(work: () => void): number {
  const runs = [1, 2, 3].map(() => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return Math.min(...runs)
}
