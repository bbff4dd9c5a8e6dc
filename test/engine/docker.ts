import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';

const image = 'eventstore/eventstore:23.10.0-jammy';

/** A server in a container, or undefined where Docker does not run. */
export async function inDocker() {
  try {
    await getContainerRuntimeClient();
  } catch {
    return undefined;
  }
  const container = await new GenericContainer(image)
    .withEnvironment({
      EVENTSTORE_INSECURE: 'true',
      EVENTSTORE_MEM_DB: 'true',
      EVENTSTORE_RUN_PROJECTIONS: 'None',
      EVENTSTORE_MAX_APPEND_SIZE: '16000000',
    })
    .withExposedPorts(2113)
    .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
    .start();
  const address = `${container.getHost()}:${container.getMappedPort(2113)}`;
  return { connection: `esdb://${address}?tls=false`, stop: () => container.stop() };
}
