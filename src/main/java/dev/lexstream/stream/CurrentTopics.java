package dev.lexstream.stream;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.stream.fault.WatchedProducer;
import dev.lexstream.stream.topic.OutputTopic;
import dev.lexstream.stream.topic.Topics;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of a pipeline as last looked at: at the start, and again when the broker has refused a record, since their
 * configuration may have changed. So one aborted transaction is enough to learn of a change.
 *
 * <p>Threading: stream threads read, the threads of producers tell of refusals, an executor looks.
 */
final class CurrentTopics implements WatchedProducer.Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentTopics.class);

    private final Supplier<Topics> look;
    private final Executor executor;
    private final LongAdder aborted = new LongAdder();
    private volatile Topics topics;

    /**
     * @param topics as they are now
     * @param look asks the broker
     * @param executor runs that
     */
    CurrentTopics(Topics topics, Supplier<Topics> look, Executor executor) {
        this.topics = Objects.requireNonNull(topics, "topics");
        this.look = Objects.requireNonNull(look, "look");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /** An output topic by its name. */
    OutputTopic output(String name) {
        return topics.outputs().get(name);
    }

    OutputTopic deadLetters() {
        return topics.deadLetters();
    }

    @Override
    public void aborted() {
        aborted.increment();
    }

    /** How many transactions were aborted so far. */
    long abortedTransactions() {
        return aborted.sum();
    }

    @Override
    public void refused() {
        try {
            executor.execute(this::lookAgain);
        } catch (RejectedExecutionException e) {
            LOG.debug("The topics are not looked at again: the stream stops");
        }
    }

    private void lookAgain() {
        try {
            topics = look.get();
        } catch (ConfigurationException | KafkaException e) {
            LOG.warn("The topics cannot be looked at again, so what is known of them stays: {}", e.getMessage());
        }
    }
}
