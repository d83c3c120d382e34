package dev.lexstream.registry;

import dev.lexstream.growth.TextWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** What this room does with texts. */
public final class RegistryTextWork {

    private RegistryTextWork() {}

    public static List<TextWork> all() {
        return List.of(new TextWork("AvroBytesDecoder", RegistryTextWork::decode));
    }

    private static void decode(String text) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            encoder.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            encoder.flush();
            new AvroBytesDecoder(bytes.toByteArray(), 0).readString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
