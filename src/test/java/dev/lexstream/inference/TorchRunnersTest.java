package dev.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.Precision;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.GoldenSample;
import dev.lexstream.nlp.GoldenSample.Example;
import dev.lexstream.nlp.GoldenSample.Finding;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import dev.lexstream.nlp.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of shipped models on several devices, and the check of what is not fp32 on the CPU. */
class TorchRunnersTest {

    private static final List<Device> TWO = Devices.parse("cpu").resolve(0, 2);
    private static final List<String> TEXTS = List.of("请把客厅的空调打开", "下周三下午提醒我开会。", "放一首老歌");

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        TorchRuntime.allCores().start();
    }

    private static ModelBundle shipped(String name) throws BundleException {
        return ModelBundle.open(Path.of(System.getProperty("lexstream.models"), name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classifier-zh", "tagger-zh", "translator-zh-en-rnn"})
    void twoDevicesAtATimeAnswerAsOneDoes(String name) throws Exception {
        ModelBundle bundle = shipped(name);
        List<List<? extends Annotation>> alone = answers(new TorchRunners(), bundle, Tasks.of(bundle));
        List<List<? extends Annotation>> both =
                answers(new TorchRunners(TWO, Precision.AUTO, TorchRunners.turns(TWO)), bundle, Tasks.of(bundle));
        assertThat(alone).hasSize(1);
        assertThat(both).containsExactly(alone.get(0), alone.get(0));
    }

    /** What each runner says of the texts, all runners at work at the same time. */
    private static <P extends Prepared, R> List<List<? extends Annotation>> answers(
            TorchRunners devices, ModelBundle bundle, Task<String, P, R, ? extends Annotation> task)
            throws IOException, BundleException {
        List<P> inputs = TEXTS.stream().map(task::prepare).toList();
        List<BatchRunner<P, R>> runners = devices.runners(bundle, task);
        List<CompletableFuture<List<R>>> results = runners.stream()
                .map(runner -> CompletableFuture.supplyAsync(() -> runner.run(inputs)))
                .toList();
        List<List<? extends Annotation>> answers = new ArrayList<>();
        for (CompletableFuture<List<R>> result : results) {
            List<Annotation> annotations = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                annotations.add(task.complete(inputs.get(i), result.join().get(i)));
            }
            answers.add(annotations);
        }
        runners.forEach(BatchRunner::close);
        return answers;
    }

    @ParameterizedTest
    @EnumSource(names = {"BF16", "INT8"})
    void whatAgreesWithTheGoldenSampleIsLoaded(Precision precision) throws Exception {
        assertThat(load(shipped("classifier-zh"), precision)).isEqualTo(2);
        assertThat(load(shipped("classifier-en"), precision)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"BF16", "INT8"})
    void whatDisagreesIsRefusedWithAWayOut(Precision precision) throws Exception {
        ModelBundle bundle = copy(shipped("classifier-zh"));
        Example lie = new Example("明天早上七点叫醒我。", List.of(new Finding("cooking", 0.97)));
        ModelBundle lying = BundleWriter.add(bundle, GoldenSample.FILE, new GoldenSample(List.of(lie))::write);
        assertThatThrownBy(() -> load(lying, precision))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(
                        "model classifier-zh in " + precision + " on cpu() disagrees with fp32 on the CPU")
                .hasMessageContaining("'明天早上七点叫醒我。' is 'cooking' (0.97) in fp32, here 'alarm'")
                .hasMessageContaining("use precision fp32");
        assertThat(load(lying, Precision.FP32)).isEqualTo(2);
    }

    @Test
    void aModelThatCannotComputeItsSampleIsRefused() throws Exception {
        ModelBundle bundle = copy(shipped("classifier-zh"));
        Example blank = new Example(" ", List.of());
        ModelBundle odd = BundleWriter.add(bundle, GoldenSample.FILE, new GoldenSample(List.of(blank))::write);
        assertThatThrownBy(() -> load(odd, Precision.BF16))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(
                        "model classifier-zh in bf16 on cpu() fails on its golden sample: the text has no");
    }

    @Test
    void aBundleWithoutSampleIsLoadedUnchecked() throws Exception {
        ModelBundle bundle = copy(shipped("classifier-zh"));
        Path manifest = bundle.file(ModelBundle.MANIFEST);
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"golden.json\" : \"\\w+\",", ""));
        assertThat(load(ModelBundle.open(bundle.folder()), Precision.BF16)).isEqualTo(2);
    }

    @Test
    void anArchitectureWithoutEightBitLayersIsRefused() throws Exception {
        ModelBundle tagger = shipped("tagger-en");
        assertThatThrownBy(() -> load(tagger, Precision.INT8))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("architecture lstm_tagger has no int8 variant")
                .hasMessageContaining("bert_classifier");
    }

    @Test
    void aPrecisionThatNoDeviceHasIsRefusedAtOnce() {
        assertThatThrownBy(() -> new TorchRunners(TWO, Precision.FP16, TorchRunners.turns(TWO)))
                .hasMessageContaining("fp16 is for GPUs");
    }

    /** The number of copies that were loaded. */
    private static int load(ModelBundle bundle, Precision precision) throws IOException, BundleException {
        var runners = new TorchRunners(TWO, precision, TorchRunners.turns(TWO)).runners(bundle, Tasks.of(bundle));
        runners.forEach(BatchRunner::close);
        return runners.size();
    }

    private ModelBundle copy(ModelBundle bundle) throws IOException, BundleException {
        Path target = Files.createDirectories(folder.resolve("copy"));
        try (Stream<Path> files = Files.list(bundle.folder())) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return ModelBundle.open(target);
    }
}
