package dev.lexstream.stream;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Turns a record into its text on the way, which the poll has most likely submitted already. One for each task. */
final class DecodeProcessor extends ContextualProcessor<byte[], byte[], byte[], StagedText> {

    private final String inputTopic;
    private final Intake intake;
    private TopicPartition partition;

    DecodeProcessor(String inputTopic, Intake intake) {
        this.inputTopic = inputTopic;
        this.intake = intake;
    }

    @Override
    public void init(ProcessorContext<byte[], StagedText> context) {
        super.init(context);
        // the topology has one source topic, so a task is one of its partitions
        partition = new TopicPartition(inputTopic, context.taskId().partition());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata position = context().recordMetadata().orElseThrow();
        try {
            PendingText text = intake.take(partition, position.offset(), record.value());
            context().forward(record.withValue(new StagedText(text, List.of())));
        } finally {
            if (intake.processed(partition)) {
                context().commit();
            }
        }
    }

    /** The task goes elsewhere or starts over from its committed offset: what was polled for it is of no use. */
    @Override
    public void close() {
        intake.drop(partition);
    }
}
