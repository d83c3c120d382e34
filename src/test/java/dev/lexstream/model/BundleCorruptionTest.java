package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lexstream.model.ModelManifest.DataSource;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.BertClassifier;
import dev.lexstream.torchscript.BertEncoder;
import dev.lexstream.torchscript.LstmTagger;
import dev.lexstream.torchscript.TokenEncoder;
import dev.lexstream.torchscript.Transformer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Whatever becomes of a bundle's bytes, it is opened or refused: no other exception, no error, no large allocation. */
class BundleCorruptionTest {

    private static final List<String> EXTREMES = List.of(
            "-1",
            "0",
            "1",
            "2147483647",
            "2147483648",
            "1073741824",
            "-2147483648",
            "4294967296",
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551616",
            "1e308",
            "1e999999999",
            "0.5",
            "null",
            "\"7\"",
            "\"NaN\"",
            "[]",
            "{}",
            "true");

    private static final Pattern NUMBER = Pattern.compile("(?<=[\\[,: ])-?\\d+(\\.\\d+)?(?=[\\],}\\s])");

    private static final List<Architecture> ARCHITECTURES = List.of(
            new LstmTagger(new TokenEncoder.Words(10, 10, 4, 4, 4, 3), 2, 4, 1, true, 0.1, false),
            new BertClassifier(
                    new BertEncoder(8, 4, 1, 2, 4, 8, 2, 1e-12, 0.1, 0.1), 2, BertClassifier.Head.LINEAR, 0.1),
            new Transformer(8, 8, 4, 2, 1, 1, 4, 0.1, 0.1, Transformer.Activation.RELU, 1e-5, true, true, true, 0.1));

    private static Path temp;

    @BeforeContainer
    static void writeBundles() throws IOException {
        temp = Files.createTempDirectory("bundles");
        for (int i = 0; i < ARCHITECTURES.size(); i++) {
            ModelManifest manifest = new ModelManifest(
                    "small",
                    "1",
                    TaskKind.ENCODER,
                    List.of("en"),
                    16,
                    List.of("A", "B"),
                    ARCHITECTURES.get(i),
                    List.of(new DataSource("made up", "CC0")),
                    "CC0",
                    Map.of("accuracy", 0.5),
                    Map.of());
            BundleWriter.write(
                    temp.resolve("whole" + i), manifest, ARCHITECTURES.get(i).start(3), Map.of());
        }
    }

    @AfterContainer
    static void deleteBundles() throws IOException {
        try (Stream<Path> files = Files.walk(temp, new FileVisitOption[0])) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 400)
    void aManifestOfAnyBytesIsOpenedOrRefused(@ForAll @IntRange(max = 2) int which, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        Path folder = copy(which);
        Path manifest = folder.resolve(ModelBundle.MANIFEST);
        Files.write(manifest, corrupted(Files.readAllBytes(manifest), random));
        refusedOrOpened(folder);
    }

    @Property(tries = 400)
    void weightsOfAnyBytesAreOpenedOrRefused(@ForAll @IntRange(max = 2) int which, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        Path folder = copy(which);
        Path weights = folder.resolve(ModelBundle.WEIGHTS);
        byte[] bytes = Files.readAllBytes(weights);
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] header = corrupted(Arrays.copyOfRange(bytes, Long.BYTES, Long.BYTES + length), random);
        long claimed = random.nextInt(8) == 0 ? random.nextLong() >> random.nextInt(64) : header.length;
        byte[] data = Arrays.copyOfRange(bytes, Long.BYTES + length, bytes.length);
        int kept = random.nextInt(4) == 0 ? random.nextInt(data.length + 1) : data.length;
        Files.write(
                weights,
                ByteBuffer.allocate(Long.BYTES + header.length + kept)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(claimed)
                        .put(header)
                        .put(data, 0, kept)
                        .array());
        Path manifest = folder.resolve(ModelBundle.MANIFEST);
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(manifest.toFile());
        ((ObjectNode) json.path("files")).put(ModelBundle.WEIGHTS, Checksum.sha256(weights));
        Files.writeString(manifest, json.toString());
        refusedOrOpened(folder);
    }

    private static Path copy(int which) throws IOException {
        Path folder = temp.resolve("copy");
        Files.createDirectories(folder);
        Path whole = temp.resolve("whole" + which);
        for (String name : List.of(ModelBundle.MANIFEST, ModelBundle.WEIGHTS, "README.md")) {
            Files.write(folder.resolve(name), Files.readAllBytes(whole.resolve(name)));
        }
        return folder;
    }

    private static void refusedOrOpened(Path folder) {
        ThrowingCallable opening = () -> ModelBundle.open(folder).weights();
        Throwable refusal = Assertions.catchThrowable(opening);
        if (refusal != null) {
            assertThat(refusal).isInstanceOf(BundleException.class);
            assertThat(refusal.getMessage()).hasSizeLessThan(50_000).doesNotContain("\n", "\r", "\u001b");
        }
    }

    private static byte[] corrupted(byte[] bytes, Random random) {
        byte[] result = bytes;
        for (int i = 0; i <= random.nextInt(3); i++) {
            result = corruptedOnce(result, random);
        }
        return result;
    }

    private static byte[] corruptedOnce(byte[] bytes, Random random) {
        if (bytes.length < 2) {
            return bytes;
        }
        byte[] copy = bytes.clone();
        int at = random.nextInt(copy.length);
        int other = random.nextInt(copy.length);
        switch (random.nextInt(6)) {
            case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy = Arrays.copyOf(copy, at);
            case 2 -> {
                byte swapped = copy[at];
                copy[at] = copy[other];
                copy[other] = swapped;
            }
            case 3 -> copy = spliced(copy, at, copy, Math.min(at, other), Math.max(at, other));
            default -> copy = extreme(copy, random);
        }
        return copy;
    }

    private static byte[] spliced(byte[] into, int at, byte[] from, int begin, int end) {
        return ByteBuffer.allocate(into.length + end - begin)
                .put(into, 0, at)
                .put(from, begin, end - begin)
                .put(into, at, into.length - at)
                .array();
    }

    /** One number becomes another. */
    private static byte[] extreme(byte[] bytes, Random random) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<int[]> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            numbers.add(new int[] {matcher.start(), matcher.end()});
        }
        if (numbers.isEmpty()) {
            return bytes;
        }
        int[] place = numbers.get(random.nextInt(numbers.size()));
        String value = EXTREMES.get(random.nextInt(EXTREMES.size()));
        return (text.substring(0, place[0]) + value + text.substring(place[1])).getBytes(StandardCharsets.ISO_8859_1);
    }
}
