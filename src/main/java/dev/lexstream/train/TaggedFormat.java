package dev.lexstream.train;

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
     * The format of a file, by the number of columns of its first line that is neither blank nor begins with {@code #}. A
     * line that does may be a comment, whatever it holds, or a token of BIO: it decides only where there is no other.
     *
     * @throws DataException when it is none of these
     */
    public static TaggedFormat of(Path file) throws IOException, TrainingException {
        boolean tokens = false;
        try (DataLines lines = DataLines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.startsWith("#")) {
                    tokens |= BioReader.isToken(line);
                } else if (!DataLines.isBlank(line)) {
                    return of(lines, DataLines.columns(line));
                }
            }
        }
        if (tokens) {
            return BIO;
        }
        throw new DataException(file, 0, "CoNLL-U or BIO is required, no sentences found");
    }

    private static TaggedFormat of(DataLines lines, String[] columns) throws DataException {
        return switch (columns.length) {
            case BioReader.COLUMNS -> BIO;
            case ConlluReader.COLUMNS -> CONLLU;
            default -> throw lines.problem(ConlluReader.COLUMNS + " columns (CoNLL-U) or " + BioReader.COLUMNS
                    + " (BIO) separated by tabs are required, found " + DataLines.found(columns));
        };
    }
}
