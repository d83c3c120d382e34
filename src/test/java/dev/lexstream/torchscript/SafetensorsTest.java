package dev.lexstream.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {

    @TempDir
    private Path folder;

    @Property(tries = 100)
    void whatIsWrittenIsRead(@ForAll @Size(max = 50) float[] values, @ForAll String name) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a." + name, Tensor.of(values, List.of((long) values.length)));
        tensors.put("half", Tensor.of(values, List.of(1L, (long) values.length)).to(ElementType.FLOAT16));
        Path file = Files.createTempFile("weights", ".safetensors");
        try {
            Safetensors.write(file, tensors, Map.of("format", "pt"));
            assertThat(Safetensors.read(file)).isEqualTo(tensors);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void tensorsStartAtMultiplesOfEightBytes() throws IOException {
        Path file = folder.resolve("a");
        Safetensors.write(file, Map.of("x", Tensor.of(new float[3], List.of(3L))), Map.of());
        long header = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        assertThat(header % 8).isZero();
    }

    @Test
    void aFileCutOffIsRefusedByName() throws IOException {
        Path file = folder.resolve("cut");
        Safetensors.write(file, Map.of("x", Tensor.of(new float[100], List.of(100L))), Map.of());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'x'")
                .hasMessageContaining("cut off");
    }

    @Test
    void whatIsNoSafetensorsFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "this is just a text file of some length");
        assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("header length must be");
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThatThrownBy(() -> Safetensors.read(empty)).hasMessageContaining("found 0 bytes");
        Path noJson = folder.resolve("noJson");
        Files.write(noJson, header("{not json"));
        assertThatThrownBy(() -> Safetensors.read(noJson)).hasMessageContaining("not JSON");
        Path type = folder.resolve("type");
        Files.write(type, header("{\"x\":{\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,1]}}"));
        assertThatThrownBy(() -> Safetensors.read(type)).hasMessageContaining("'F8'; supported are F32");
    }

    private static byte[] header(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }
}
