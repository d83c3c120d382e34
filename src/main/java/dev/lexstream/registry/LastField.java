package dev.lexstream.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * The bytes of an optional record of a generated class: {@code ["null", T]}, the last field of values that are made of others.
 * Writers may have the record under another namespace, and of an earlier or later version.
 *
 * <p>Threading: may be called from any thread.
 *
 * @param <T> generated class of the record
 */
public final class LastField<T extends SpecificRecord> {
    private static final int TYPICAL_BYTES = 1024;
    private static final int RECORD_BRANCH = 1;

    private final SpecificData data;
    private final Schema own;
    private final Schema portable;
    private final Schema reader;
    private final DatumWriter<T> writer;

    /** @param type generated class of the record */
    public LastField(Class<T> type) {
        this.data = new SpecificData(type.getClassLoader());
        SpecificData.getForClass(type).getConversions().forEach(data::addLogicalTypeConversion);
        data.setCustomCoders(true);
        this.own = data.getSchema(type);
        this.portable = PortableSchema.of(own);
        this.reader = Aliases.without(own);
        this.writer = new SpecificDatumWriter<>(own, data);
    }

    /** The record's schema, as it is published. */
    public Schema schema() {
        return portable;
    }

    /** The field's bytes. */
    public byte[] encode(T value) {
        try {
            var out = new ByteArrayOutputStream(TYPICAL_BYTES);
            out.writeBytes(WireFormat.varint(RECORD_BRANCH));
            var encoder = EncoderFactory.get().binaryEncoder(out, null);
            writer.write(value, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether a type of a writer is that of the same simple name in {@link #schema}, which may be another than the record, in
     * whatever namespace: as far as bytes, defaults and logical types go.
     */
    public boolean isSame(Schema written, Schema part) {
        try {
            return part.equals(inOwnNames(written));
        } catch (AvroRuntimeException e) {
            return false;
        }
    }

    /** Whether values of a writer's record can be read as {@code T}. */
    public boolean isReadable(Schema written) {
        try {
            return SchemaCompatibility.checkReaderWriterCompatibility(reader, inOwnNames(written))
                            .getType()
                    == SchemaCompatibilityType.COMPATIBLE;
        } catch (AvroRuntimeException e) {
            return false;
        }
    }

    /**
     * How the field is read that one writer has written.
     *
     * @param written the record's schema, one that {@link #isReadable}
     */
    public Reading<T> reading(Schema written) {
        return new Reading<>(data, inOwnNames(written), reader);
    }

    /** The writer's type in the namespace of the record, as Avro tells enums by their full names. */
    private Schema inOwnNames(Schema written) {
        return SchemaJson.changed(PortableSchema.of(written), object -> moved(object, written.getNamespace()));
    }

    private JsonNode moved(ObjectNode object, String namespace) {
        if (object.has("name") && object.path("namespace").asText("").equals(namespace)) {
            object.put("namespace", own.getNamespace());
        }
        return object;
    }

    /**
     * Reads the field of one writer, strictly.
     *
     * <p>Threading: may be called from any thread.
     *
     * @param <T> generated class of the record
     */
    public static final class Reading<T extends SpecificRecord> {
        private final SpecificData data;
        private final Schema writer;
        private final Schema reader;

        Reading(SpecificData data, Schema writer, Schema reader) {
            this.data = data;
            this.writer = writer;
            this.reader = reader;
        }

        /**
         * The record in the second part of a value.
         *
         * @return empty where the field is null
         * @throws WireFormatException if the bytes are no such field
         */
        public Optional<T> decode(SplitValue value) {
            try {
                var ahead = new AvroBytesDecoder(value.bytes(), value.to());
                if (ahead.readIndex() != RECORD_BRANCH) {
                    return Optional.empty();
                }
                var start = ahead.position();
                AvroValueChecker.check(writer, reader, ahead);
                var in = new AvroBytesDecoder(value.bytes(), start);
                return Optional.of(new SpecificDatumReader<T>(writer, reader, data).read(null, in));
            } catch (IOException | RuntimeException | StackOverflowError e) {
                // without its message, which may have what somebody wrote
                throw new WireFormatException("the last field is not readable as %s (%s)"
                        .formatted(reader.getFullName(), e.getClass().getSimpleName()));
            }
        }
    }
}
