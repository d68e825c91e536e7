// Says whether a document is valid OpenAPI, by the specification's own schema:
//   node check-openapi.mjs URL
import SwaggerParser from '@apidevtools/swagger-parser'
import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'

// the parser itself does not fetch from the loopback
const answer = await fetch(process.argv[2])
const file = path.join(await mkdtemp(path.join(tmpdir(), 'openapi-')), 'openapi.yaml')
await writeFile(file, await answer.text())
const api = await SwaggerParser.validate(file)
console.log(`${api.info.title} ${api.info.version}: valid OpenAPI ${api.openapi}`)
