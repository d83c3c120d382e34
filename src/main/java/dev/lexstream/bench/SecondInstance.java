package dev.lexstream.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.app.Application;
import dev.lexstream.inference.RunnerFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Another instance of the pipeline in a process of its own, until its standard input ends. */
final class SecondInstance {

    /** What it says when partitions are assigned. */
    static final String RUNNING = "second instance: running";

    /**
     * What it needs to know.
     *
     * @param run names the group and the topics
     * @param bootstrapServers of the broker
     * @param registryUrl of the registry
     * @param models folder of the bundles
     * @param stages names of bundles
     * @param threads stream threads
     * @param deviceModel as on the command line, or null
     */
    record Spec(
            String run,
            String bootstrapServers,
            String registryUrl,
            String models,
            List<String> stages,
            int threads,
            String deviceModel) {

        static Spec of(String run, BenchPipeline pipeline, Optional<DeviceModel> device) {
            return new Spec(
                    run,
                    pipeline.bootstrapServers(),
                    pipeline.registryUrl(),
                    pipeline.models().toAbsolutePath().toString(),
                    pipeline.stages(),
                    pipeline.threads(),
                    device.map(DeviceModel::toString).orElse(null));
        }

        private BenchPipeline pipeline() {
            return new BenchPipeline(bootstrapServers, registryUrl, Path.of(models), stages, threads);
        }

        private RunnerFactory devices() {
            return deviceModel == null ? Benchmark.onCpu() : new SleepingDevices(DeviceModel.parse(deviceModel));
        }
    }

    private SecondInstance() {}

    /** Runs the pipeline of the {@link Spec} that is the only argument, as JSON. */
    public static void main(String[] arguments) throws Exception {
        Spec spec = new ObjectMapper().readValue(arguments[0], Spec.class);
        try (Application application = Application.start(spec.pipeline().of(spec.run()), spec.devices())) {
            application.running().thenRun(() -> System.out.println(RUNNING));
            Throwable fault = CompletableFuture.anyOf(
                            application.fault(), CompletableFuture.supplyAsync(SecondInstance::inputEnds))
                    .thenApply(Throwable.class::cast)
                    .join();
            if (fault != null) {
                throw new IllegalStateException("the stream has failed: " + fault, fault);
            }
        }
    }

    private static Throwable inputEnds() {
        ChildProcess.awaitEndOfInput();
        return null;
    }
}
