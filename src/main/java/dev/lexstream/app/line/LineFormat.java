package dev.lexstream.app.line;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lexstream.codec.EventDecoder;
import dev.lexstream.codec.InputRecord;
import dev.lexstream.codec.OutputEncoder;
import dev.lexstream.codec.UndecodableEventException;
import dev.lexstream.config.FieldSettings;
import dev.lexstream.config.Format;
import dev.lexstream.config.InputSettings;
import dev.lexstream.config.InputTopics;
import dev.lexstream.config.OutputSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.event.Envelope;
import dev.lexstream.event.Headers;
import dev.lexstream.event.TextEvent;
import dev.lexstream.failure.Reason;
import dev.lexstream.plan.EnrichedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * How lines are read and written. Threading: immutable.
 *
 * @param decoder reads lines
 * @param encoder writes lines; one line of JSON for each event
 * @param text name of the text that a line is; empty where a line is a JSON object
 * @param topic that conditions see
 */
public record LineFormat(EventDecoder decoder, OutputEncoder encoder, Optional<String> text, String topic) {

    /**
     * That of a pipeline: what its records have in Avro or JSON is read from JSON here. Merged JSON stays merged where there is an
     * object to merge with; other output is enriched texts in JSON. Conditions see the pipeline's topic, if it reads but one.
     *
     * @param json whether lines are JSON objects; otherwise each is the main text
     */
    public static LineFormat of(Pipeline pipeline, boolean json) {
        InputSettings input = pipeline.input();
        FieldSettings fields = input.fields().orElse(FieldSettings.OF_TEXT_EVENTS);
        OutputSettings output = pipeline.output();
        boolean merged = json && output.shape() == OutputSettings.Shape.MERGED && output.format() == Format.JSON;
        boolean one = pipeline.topics().inputs() instanceof InputTopics.Named named
                && named.names().size() == 1;
        return new LineFormat(
                EventDecoder.of(
                        json
                                ? new InputSettings(Format.JSON, input.fields())
                                : new InputSettings(Format.TEXT, Optional.empty()),
                        null),
                merged ? OutputEncoder.of(output, null) : OutputEncoder.enrichedTextsAsJson(),
                json ? Optional.empty() : fields.texts().keySet().stream().findFirst(),
                one ? pipeline.topics().input() : "");
    }

    /**
     * The event of a line. Where it has no id of its own, that is the line's.
     *
     * @throws UndecodableEventException when it is no event that can be enriched
     */
    TextEvent event(TextLine line) {
        if (line.bytes() == null) {
            throw new UndecodableEventException("the line has more bytes than allowed, which is " + LineReader.LONGEST);
        }
        for (byte value : line.bytes()) {
            if (value == 0) {
                throw new UndecodableEventException(
                        "the line has a NUL byte (is it UTF-16, or no text at all?); allowed is UTF-8");
            }
        }
        InputRecord record = record(line);
        TextEvent event = decoder.decode(record);
        return new TextEvent(
                event.id().equals(record.id()) ? line.id() : event.id(),
                text.map(name -> Map.of(name, event.text())).orElse(event.texts()),
                event.language(),
                event.source(),
                event.occurredAt(),
                event.attributes(),
                event.envelope());
    }

    /**
     * What is written for an enriched event.
     *
     * @param to topic that it would go to
     * @throws UndecodableEventException when the line has no place for what was found
     */
    String output(String to, TextLine line, EnrichedEvent enriched) {
        return new String(encoder.encode(to, record(line), enriched), StandardCharsets.UTF_8);
    }

    /** What is written in the place of a line that cannot be enriched: which it is, and why. */
    static String error(TextLine line, Reason reason, String message) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("line", line.number());
        object.put("file", line.source());
        object.putObject("error").put("reason", reason.code()).put("message", message);
        return object.toString();
    }

    private InputRecord record(TextLine line) {
        return new InputRecord(new Envelope(topic, -1, null, Headers.NONE), 0, line.number(), line.bytes());
    }
}
