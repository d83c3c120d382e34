package dev.lexstream.bench;

import dev.lexstream.codec.EnrichedTextEncoder;
import dev.lexstream.codec.EventDecoder;
import dev.lexstream.codec.InputRecord;
import dev.lexstream.event.Envelope;
import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.inference.BatchStats;
import dev.lexstream.inference.RunnerFactory;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import dev.lexstream.nlp.Tasks;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.plan.LanguageRule;
import dev.lexstream.plan.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.kstream.ValueMapper;

/**
 * The body of {@code mapValues} in the naive way: decode, ask each model for this record alone, encode. Every stream thread
 * has its own copies of the models.
 */
final class NaiveMapper implements ValueMapper<byte[], byte[]>, AutoCloseable {

    private final EventDecoder decoder;
    private final EnrichedTextEncoder encoder;
    private final String output;
    private final List<ModelBundle> bundles;
    private final RunnerFactory devices;
    private final LanguageRule languages;
    private final LongConsumer begun;
    private final AtomicLong count = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final ConcurrentLinkedQueue<NaiveStage<?, ?, ?>> loaded = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<List<NaiveStage<?, ?, ?>>> stages = ThreadLocal.withInitial(this::load);

    /**
     * @param topics names of the input and the output topic
     * @param bundles one for each stage
     * @param begun is told, before each record, how many records came before it
     */
    NaiveMapper(
            EventDecoder decoder,
            EnrichedTextEncoder encoder,
            List<String> topics,
            List<ModelBundle> bundles,
            RunnerFactory devices,
            LanguageRule languages,
            LongConsumer begun) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.output = topics.get(1);
        this.bundles = bundles;
        this.devices = devices;
        this.languages = languages;
        this.begun = begun;
    }

    @Override
    public byte[] apply(byte[] value) {
        List<NaiveStage<?, ?, ?>> mine = stages.get();
        begun.accept(count.getAndIncrement());
        Instant received = Instant.now();
        // of the record, mapValues gives the value alone
        TextEvent event = decoder.decode(new InputRecord(Envelope.NONE, 0, 0, value));
        Language language = languages.of(event);
        List<Outcome> outcomes = new ArrayList<>(mine.size());
        for (NaiveStage<?, ?, ?> stage : mine) {
            outcomes.add(stage.apply(event.text(), language));
        }
        return encoder.encode(output, new EnrichedEvent(event, language, outcomes, received, Instant.now()));
    }

    private List<NaiveStage<?, ?, ?>> load() {
        List<NaiveStage<?, ?, ?>> copies = new ArrayList<>();
        try {
            for (ModelBundle bundle : bundles) {
                copies.add(load(bundle, Tasks.of(bundle)));
            }
        } catch (IOException | BundleException | RuntimeException e) {
            failure.compareAndSet(null, e);
            throw new IllegalStateException("a model does not load: " + e.getMessage(), e);
        } finally {
            loaded.addAll(copies);
        }
        return copies;
    }

    private <P extends Prepared, R, O extends Annotation> NaiveStage<P, R, O> load(
            ModelBundle bundle, Task<String, P, R, O> task) throws IOException, BundleException {
        return NaiveStage.load(bundle, task, devices);
    }

    /** Why a thread has no models, so that all its records fail; null while each has. */
    Throwable failure() {
        return failure.get();
    }

    /** Of all threads together; exact when they have ended. */
    Map<String, BatchStats> stats() {
        Map<String, BatchStats> stats = new LinkedHashMap<>();
        bundles.forEach(bundle -> stats.put(bundle.manifest().name(), BatchStats.NONE));
        loaded.forEach(stage -> stats.merge(stage.name(), stage.stats(), BatchStats::plus));
        return stats;
    }

    /** Frees the models; the stream threads have ended. */
    @Override
    public void close() {
        loaded.forEach(NaiveStage::close);
        loaded.clear();
    }
}
