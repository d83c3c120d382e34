package dev.lexstream.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The file formats of tagged sentences. */
public enum TaggedFormat {
    /** Words with parts of speech: ten columns. */
    CONLLU {
        @Override
        public List<TaggedSentence> read(Path file) throws IOException, TrainingException {
            return ConlluReader.read(file);
        }
    },
    /** Tokens with the tags of spans: two columns. */
    BIO {
        @Override
        public List<TaggedSentence> read(Path file) throws IOException, TrainingException {
            return BioReader.read(file);
        }
    };

    /**
     * Reads all sentences.
     *
     * @throws TrainingException when a line is malformed, with its number, or the file has no sentence
     */
    public abstract List<TaggedSentence> read(Path file) throws IOException, TrainingException;

    /**
     * The format of a file, by the number of columns of its first line that is neither blank nor a comment.
     *
     * @throws TrainingException when it is none of these
     */
    public static TaggedFormat of(Path file) throws IOException, TrainingException {
        try (BufferedReader reader = DataFile.open(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                int columns = line.split("\t", -1).length;
                if (columns == BioReader.COLUMNS) {
                    return BIO;
                }
                if (columns == ConlluReader.COLUMNS) {
                    return CONLLU;
                }
                if (!line.isBlank() && !line.startsWith("#")) {
                    throw new TrainingException(file + " line " + number + ": " + ConlluReader.COLUMNS
                            + " columns (CoNLL-U) or " + BioReader.COLUMNS
                            + " (BIO) separated by tabs are required, found " + columns);
                }
            }
        }
        throw new TrainingException(file + ": no sentences found");
    }
}
