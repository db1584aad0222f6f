// Times Valhalla on the places that the benchmarks use. Called by bin/bench coverage:
//   node bin/valhalla-bench.mjs FOLDER FILE.osm.pbf
// FOLDER holds node_modules with @valhallajs/valhallajs and places.json; tiles are built there once, and result.json is
// written. Speeds and turn costs are Valhalla's own (costing "auto"): only the time that it takes can be compared.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const folder = resolve(process.argv[2]);
const roads = resolve(process.argv[3]);
const require = createRequire(join(folder, 'anything.js'));
const { Actor } = require('@valhallajs/valhallajs');
const cli = join(folder, 'node_modules/@valhallajs/valhallajs/bin/valhalla-cli.js');
const tiles = join(folder, 'tiles');
const config = join(folder, 'config.json');

// Written last, so that tiles that were not built to their end are built again.
const built = join(folder, 'built');

if (!existsSync(built)) {
  rmSync(tiles, { recursive: true, force: true });
  mkdirSync(tiles);
  const made = JSON.parse(execFileSync(process.execPath, [cli, 'build_config', '--mjolnir-tile-dir', tiles], { encoding: 'utf8' }));
  delete made.mjolnir.tile_extract;
  made.service_limits.auto.max_matrix_location_pairs = 20000;
  writeFileSync(config, JSON.stringify(made));
  execFileSync(process.execPath, [cli, 'build_tiles', '-c', config, roads], { stdio: 'ignore' });
  writeFileSync(built, '');
}

const places = JSON.parse(readFileSync(join(folder, 'places.json'), 'utf8'));
const at = ([lon, lat]) => ({ lon, lat });
const actor = await Actor.fromConfigFile(config);

async function best(rounds, work) {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

const matrix = await best(3, () =>
  actor.matrix({ sources: places.from.map(at), targets: places.to.map(at), costing: 'auto' }));
// Islands are kept (generalize 0, denoise 0), as our circle keeps them.
const circles = await best(3, async () => {
  for (const station of places.stations)
    await actor.isochrone({
      locations: [at(station)], costing: 'auto', contours: [{ time: 60 }], polygons: true, denoise: 0, generalize: 0,
    });
});
writeFileSync(join(folder, 'result.json'), JSON.stringify({ matrixMillis: matrix, circlesMillis: circles }));
