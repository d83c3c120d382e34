package dev.lexstream.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private Path file(String json, int dataBytes) throws IOException {
        Path file = folder.resolve("made");
        byte[] header = header(json);
        Files.write(file, Arrays.copyOf(header, header.length + dataBytes));
        return file;
    }

    private static String entry(String shape, String offsets) {
        return "{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[4611686018427387904,4] | [0,16]",
                "[9223372036854775807,9223372036854775807] | [0,16]",
                "[2305843009213693956] | [0,16]",
                "[18446744073709551620] | [0,16]",
                "[-4] | [0,16]",
                "[-2,-2] | [0,16]",
                "[4.0] | [0,16]",
                "[4e0] | [0,16]",
                "[\"4\"] | [0,16]",
                "[null] | [0,16]",
                "[[4]] | [0,16]",
                "4 | [0,16]",
                "null | [0,16]",
                "{} | [0,16]",
                "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,4] | [0,16]",
                "[4] | [0,12]",
                "[5] | [0,20]",
                "[4] | [4,20]",
                "[4] | [-16,0]",
                "[4] | [16,0]",
                "[3] | [4,16]",
                "[4] | [0]",
                "[4] | [0,16,16]",
                "[4] | [0,9223372036854775807]",
                "[4] | [4294967296,4294967312]",
                "[4] | [0.0,16.0]",
                "[4] | null",
                "[4] | 0",
            })
    void aTensorThatDoesNotFitTheDataIsRefusedByName(String shape, String offsets) throws IOException {
        Path file = file("{\"x\":" + entry(shape, offsets) + "}", 16);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("made")
                .hasMessageContaining("'x'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "7",
                "{}",
                "{\"x\":null}",
                "{\"x\":[]}",
                "{\"x\":{}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16],\"more\":1}}",
                "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                "{\"__metadata__\":{\"a\":1}}",
                "{\"__metadata__\":[]}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}} {}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}",
            })
    void aHeaderOfAnotherFormIsRefused(String json) throws IOException {
        Path file = file(json, 16);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("made");
    }

    @Test
    void tensorsThatOverlapOrLeaveHolesOrHaveOneNameAreRefused() throws IOException {
        for (String second : List.of("\"y\":" + entry("[3]", "[4,16]"), "\"y\":" + entry("[1]", "[12,16]"))) {
            Path file = file("{\"x\":" + entry("[2]", "[0,8]") + "," + second + "}", 16);
            assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("'y'");
        }
        Path left = file("{\"x\":" + entry("[2]", "[0,8]") + "}", 16);
        assertThatThrownBy(() -> Safetensors.read(left)).hasMessageContaining("found 16 bytes of data");
        Path same = file("{\"x\":" + entry("[2]", "[0,8]") + ",\"x\":" + entry("[2]", "[8,16]") + "}", 16);
        assertThatThrownBy(() -> Safetensors.read(same))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'x'");
    }

    @Test
    void anyOrderOfNamesIsReadAndEmptyTensorsToo() throws IOException {
        Path file = file(
                "{\"b\":" + entry("[2]", "[8,16]") + ",\"none\":" + entry("[0,7]", "[8,8]") + ",\"a\":"
                        + entry("[2]", "[0,8]") + "}  ",
                16);
        assertThat(Safetensors.read(file).keySet()).containsExactly("b", "none", "a");
    }

    @Test
    void deepJsonInAHeaderIsRefused() throws IOException {
        for (String open : List.of("[", "{\"x\":")) {
            for (String before : List.of("", "{\"x\":", "{\"__metadata__\":")) {
                Path file = file(before + open.repeat(200_000), 16);
                assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> Safetensors.metadata(file)).isInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {-1, Long.MIN_VALUE, 0, 1, 99_000_000, 100_000_001, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE})
    void aHeaderThatClaimsToBeLongIsNotRead(long length) throws IOException {
        Path file = folder.resolve("long");
        Files.write(
                file,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .array());
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(200_000_000);
        }
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("header length must be 2 to")
                .hasMessageContaining("found " + length);
    }

    @Test
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void whatIsNoFileIsNotWaitedFor() throws Exception {
        assertThatThrownBy(() -> Safetensors.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no regular file");
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        assertThatThrownBy(() -> Safetensors.read(pipe)).hasMessageContaining("no regular file");
    }
}
