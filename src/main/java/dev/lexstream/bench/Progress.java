package dev.lexstream.bench;

/** Is told how far a measurement is. Called by one thread at a time. */
public interface Progress {

    /** A part begins. */
    void part(String what);

    /** How far the part is. */
    void update(String what, long done, long total, String note);
}
