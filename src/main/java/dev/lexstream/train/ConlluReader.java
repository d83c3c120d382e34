package dev.lexstream.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads words and universal part-of-speech tags from <a href="https://universaldependencies.org/format.html">CoNLL-U</a>
 * files, plain or gzipped. Multiword ranges and empty nodes are left out.
 */
public final class ConlluReader {

    static final int COLUMNS = 10;
    private static final int ID = 0;
    private static final int FORM = 1;
    private static final int UPOS = 3;

    private ConlluReader() {}

    /**
     * Reads all sentences.
     *
     * @throws TrainingException when a line has not ten columns, or the file has no sentence
     */
    public static List<TaggedSentence> read(Path file) throws IOException, TrainingException {
        List<TaggedSentence> sentences = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        try (BufferedReader reader = DataFile.open(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    flush(words, tags, sentences);
                } else if (!line.startsWith("#")) {
                    word(file, number, line, words, tags);
                }
            }
        }
        flush(words, tags, sentences);
        if (sentences.isEmpty()) {
            throw new TrainingException(file + ": no sentences found");
        }
        return sentences;
    }

    private static void word(Path file, int number, String line, List<String> words, List<String> tags)
            throws TrainingException {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new TrainingException(file + " line " + number + ": " + COLUMNS
                    + " columns separated by tabs are required, found " + columns.length);
        }
        if (!columns[ID].contains("-") && !columns[ID].contains(".")) {
            words.add(columns[FORM]);
            tags.add(columns[UPOS]);
        }
    }

    private static void flush(List<String> words, List<String> tags, List<TaggedSentence> sentences) {
        if (!words.isEmpty()) {
            sentences.add(new TaggedSentence(words, tags));
            words.clear();
            tags.clear();
        }
    }
}
