package dev.lexstream.nlp;

/** The tokens that a translator's vocabularies begin with. */
public enum SpecialToken {
    /** Fills up the shorter texts of a batch. */
    PADDING("<pad>", 0),
    /** Stands for what the vocabulary has no token for. */
    UNKNOWN("<unk>", 1),
    /** Comes before the first token of a target. */
    BEGIN("<s>", 2),
    /** Comes after the last token. */
    END("</s>", 3);

    private final String text;
    private final int id;

    SpecialToken(String text, int id) {
        this.text = text;
        this.id = id;
    }

    /** Its spelling in {@code tokenizer.json}. */
    public String text() {
        return text;
    }

    /** Its id in every translator's vocabulary. */
    public int id() {
        return id;
    }
}
