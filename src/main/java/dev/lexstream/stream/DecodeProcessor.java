package dev.lexstream.stream;

import dev.lexstream.failure.Reason;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Turns a record into its text on the way, which the poll has most likely submitted already. One for each task. */
final class DecodeProcessor extends ContextualProcessor<byte[], byte[], byte[], StagedText> {

    private final String inputTopic;
    private final Intake intake;
    private final RecordWatch watch;
    private TopicPartition partition;

    /**
     * @param inputTopic the one source topic
     * @param intake knows the records that are submitted
     * @param watch told of each record, and knows which the broker has refused
     */
    DecodeProcessor(String inputTopic, Intake intake, RecordWatch watch) {
        this.inputTopic = inputTopic;
        this.intake = intake;
        this.watch = watch;
    }

    @Override
    public void init(ProcessorContext<byte[], StagedText> context) {
        super.init(context);
        // the topology has one source topic, so a task is one of its partitions
        partition = new TopicPartition(inputTopic, context.taskId().partition());
    }

    /**
     * Passes the text on.
     *
     * @throws OutputRefusedException when the broker has refused what came of this record before
     * @throws IllegalStateException when the stack overflows on the way to the output: nobody knows why
     */
    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata position = context().recordMetadata().orElseThrow();
        watch.threads().processing(partition, position.offset());
        watch.deadLetters().read();
        try {
            PendingText text = take(position.offset(), record);
            context().forward(record.withValue(new StagedText(text, List.of())));
        } catch (StackOverflowError e) {
            // of an Error, Kafka Streams would not say which record it belongs to
            throw new IllegalStateException("the stack overflowed while the record was processed", e);
        } finally {
            if (intake.processed(partition)) {
                context().commit();
            }
        }
    }

    private PendingText take(long offset, Record<byte[], byte[]> record) {
        Optional<FailedRecords.Failure> before =
                watch.failed().of(partition, offset).filter(failure -> failure.refusals() > 0);
        if (before.isPresent()) {
            intake.discard(partition, offset, record.value());
            throw new OutputRefusedException(
                    Reason.OUTPUT_REFUSED,
                    "the broker refuses the output: " + before.get().refusal());
        }
        return intake.take(InputRecords.of(partition, offset, record));
    }

    /** The task goes elsewhere or starts over from its committed offset: what was polled for it is of no use. */
    @Override
    public void close() {
        intake.drop(partition);
    }
}
