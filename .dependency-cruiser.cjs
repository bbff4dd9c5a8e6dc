/** What may import what. The pure folders import only each other; modules keep their inside. */
module.exports = {
  forbidden: [
    {
      name: 'pure-folders-import-only-each-other',
      comment: 'The book and the convention know neither Nest, nor a clock, nor a database.',
      severity: 'error',
      from: { path: '^src/(ledger|treaty)/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/(ledger|treaty)/|^node_modules/canonicalize/|^(node:)?assert$' },
    },
    {
      name: 'only-the-engine-switch-knows-the-engines',
      comment: 'Everything else speaks to the port, so that engines can be exchanged.',
      severity: 'error',
      from: { pathNot: '^src/event-store/(embedded/|eventstoredb/|engine\\.ts$)|^(test|bench)/' },
      to: {
        path: '^src/event-store/(embedded|eventstoredb)/',
        pathNot: '^src/event-store/eventstoredb/connection\\.ts$',
      },
    },
    {
      name: 'the-engines-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/event-store/(embedded|eventstoredb)/' },
      to: {
        path: '^src/event-store/(embedded|eventstoredb)/',
        pathNot: '^src/event-store/$1/',
      },
    },
    {
      name: 'one-adapter-holds-the-client',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/event-store/eventstoredb/' },
      to: { path: 'node_modules/@eventstore/' },
    },
    {
      name: 'the-port-knows-no-one',
      severity: 'error',
      from: { path: '^src/event-store/(event-store|errors)\\.ts$' },
      to: { path: '^src/', pathNot: '^src/event-store/' },
    },
    {
      name: 'the-command-line-speaks-http',
      comment: 'It is a client like any other; only `serve` loads the service.',
      severity: 'error',
      from: { path: '^src/(cli|demo)/', pathNot: '^src/cli/commands/serve\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(cli|demo|treaty)/|^src/cli\\.ts$' },
    },
    {
      name: 'the-journal-does-not-know-who-writes',
      severity: 'error',
      from: { path: '^src/journal/' },
      to: { path: '^src/(stockpile|feed|cli|demo)/' },
    },
    {
      name: 'compliance-does-not-know-its-clients',
      severity: 'error',
      from: { path: '^src/compliance/' },
      to: { path: '^src/(cli|demo)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'What nobody imports is dead.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: '\\.spec\\.ts$|^src/(cli|main)\\.ts$',
      },
      to: {},
    },
    {
      name: 'no-dev-dependencies-in-the-service',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.(spec|contract)\\.ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
