package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever a file of data holds, each reader gives rows that can be used or an error that names file and line. */
class AnyBytesTest {

    private static final String NAME = "any.data";

    /** Reads a file; the rows are strings that must all be there. */
    private interface Reader {
        List<String> read(Path file) throws IOException, TrainingException;
    }

    private static final List<Reader> READERS = List.of(
            file -> LabelledText.read(file).stream()
                    .flatMap(text -> List.of(text.label(), text.text()).stream())
                    .toList(),
            file -> TranslationReader.read(file).stream()
                    .flatMap(pair -> List.of(pair.source(), pair.target()).stream())
                    .toList(),
            file -> words(ConlluReader.read(file)),
            file -> words(BioReader.read(file)),
            file -> words(TaggedFormat.of(file).read(file)),
            file -> new TextSource(file, 0).read(),
            file -> new TextSource(file, 2).read());

    private Path file;

    private static List<String> words(List<TaggedSentence> sentences) {
        return sentences.stream()
                .flatMap(
                        sentence -> java.util.stream.Stream.concat(sentence.words().stream(), sentence.tags().stream()))
                .toList();
    }

    @BeforeProperty
    void make() throws IOException {
        file = Files.createTempDirectory("any-bytes").resolve(NAME);
    }

    @AfterProperty
    void delete() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(file.getParent());
    }

    /** Rows of all formats, cut anywhere, with what breaks them. */
    @Provide
    Arbitrary<byte[]> contents() {
        Arbitrary<String> pieces = Arbitraries.of(
                "alarm",
                "明天",
                "\t",
                "\t",
                "\n",
                "\r",
                "\r\n",
                "\uFEFF",
                "\u200b",
                "\u00a0",
                " ",
                "#",
                "# text\t=",
                "O",
                "B-x",
                "I-x",
                "_",
                "1",
                "1-2",
                "1.1",
                "NOUN",
                "\u0000",
                "\u001b[2J",
                "\ufe0f",
                "\u3164",
                "\ud83d\ude00",
                "1\tWe\t_\tPRON\t_\t_\t_\t_\t_\t_\n",
                "2\tgo\t_\t_\t_\t_\t_\t_\t_\t_\n",
                "tea\tO\n",
                "茶\ttea\n");
        Arbitrary<byte[]> text = Combinators.combine(
                        pieces.list().ofMaxSize(30).map(list -> String.join("", list)),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(8, Arbitraries.just("UTF-8")),
                                net.jqwik.api.Tuple.of(1, Arbitraries.of("GBK", "UTF-16", "ISO-8859-1", "UTF-16LE"))))
                .as((content, charset) -> content.getBytes(Charset.forName(charset)));
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<byte[]> zipped = Combinators.combine(
                        text, Arbitraries.integers().between(0, 40))
                .as((content, cut) -> gzipped(content, cut));
        return Arbitraries.oneOf(text, text, zipped, bytes);
    }

    private static byte[] gzipped(byte[] content, int cut) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        byte[] whole = zipped.toByteArray();
        return java.util.Arrays.copyOf(whole, cut > 20 ? whole.length : Math.max(0, whole.length - cut));
    }

    @Property(tries = 2000)
    void giveRowsOrAnErrorWithFileAndLine(@ForAll("contents") byte[] content) throws Exception {
        Files.write(file, content);
        for (Reader reader : READERS) {
            try {
                assertThat(reader.read(file))
                        .isNotEmpty()
                        .noneMatch(String::isEmpty)
                        .noneMatch(text -> text.contains("\0"));
            } catch (DataException e) {
                assertThat(e)
                        .hasMessageMatching("(?s).*" + NAME + (e.line() == 0 ? ": .+" : " line " + e.line() + ": .+"))
                        .hasMessageMatching("[^\\p{Cntrl}\u200b\ufeff]*");
                assertThat(e.line()).isLessThanOrEqualTo(content.length);
            }
        }
    }

    @Property(tries = 500)
    void ofAnyCharactersGiveNamesThatDifferWhereTheyLookDifferent(@ForAll("names") String name) {
        String cleaned = VisibleText.name(name);
        assertThat(cleaned.isEmpty()).isEqualTo(!VisibleText.isPresent(name));
        assertThat(VisibleText.name(cleaned)).isEqualTo(cleaned);
        assertThat(VisibleText.name("\ufeff" + name + "\u200b ")).isEqualTo(cleaned);
        assertThat(VisibleText.quoted(name).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(40 * 12 + 40);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars(
                        'a', '茶', ' ', '\u00a0', '\u200b', '\u200c', '\u200d', '\ufeff', '\u0007', '\u00ad', '\ufe0f')
                .withCharRange('\u2000', '\u206f')
                .ofMaxLength(60);
    }
}
