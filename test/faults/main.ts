// Every fault at every step, with the command line's code against a real homeserver:
//   npm run faults                                   each fault once at each step
//   npm run faults -- --times 3 --step join --fault drop      some of them, three times in a row
import { parseArgs } from 'node:util'
import { startWorld } from '../../practice/world.ts'
import { readRuntime } from '../../setup/runtime.mjs'
import { HASTE } from './haste.ts'
import { hurry } from './hurry.ts'
import { isTellable, runCell, type Times } from './matrix.ts'
import { faultCatalogue } from './proxy/fault.ts'
import { steps } from './proxy/step.ts'
import { setStage } from './stage.ts'

const { values } = parseArgs({
  options: {
    step: { type: 'string' },
    fault: { type: 'string' },
    times: { type: 'string', default: '1' },
  },
})
const { python } = readRuntime()
if (python === null) throw new Error('Synapse is missing: run `npm run setup`.')
const times = Number(values.times) as Times
hurry(null, HASTE)
const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort())
const world = await startWorld({ python, limits: 'raised', signal: ending.signal })
let cells = 0
let bad = 0
try {
  const stage = await setStage(world)
  for (const step of steps.filter((each) => values.step === undefined || each === values.step)) {
    for (const [name, fault] of Object.entries(faultCatalogue)) {
      if (!isTellable(step, fault)) continue
      if (ending.signal.aborted || (values.fault !== undefined && !name.includes(values.fault))) continue
      const { outcome, complaints, took, met } = await runCell(stage, step, fault, times)
      cells += 1
      if (complaints.length > 0 || met === 0) bad += 1
      const line = [step.padEnd(12), name.padEnd(26), `${(took / 1000).toFixed(1)} s`.padStart(7), outcome]
      console.log(line.join('  '))
      if (met === 0) console.log('    no request met it')
      for (const complaint of complaints) console.log(`    ${complaint}`)
    }
  }
  await stage.close()
} finally {
  await world.stop()
}
console.log(`${cells} cells, ${bad} with complaints`)
process.exit(bad === 0 && cells > 0 ? 0 : 1)
