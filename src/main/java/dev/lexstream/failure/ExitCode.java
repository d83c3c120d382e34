package dev.lexstream.failure;

/** How the process ends. The numbers are API: scripts and supervisors rely on them. */
public enum ExitCode {
    /** All went well. */
    OK(0, "all went well"),
    /** A defect of Lexstream: please report it. */
    INTERNAL(1, "an error that Lexstream has no name for"),
    /** The command line is wrong. */
    USAGE(2, "the command line is wrong"),
    /** The pipeline file is missing or wrong, or does not fit what is there. */
    CONFIGURATION(3, "the pipeline file is missing or wrong, a topic is missing, or a port is taken"),
    /** A model bundle is missing, altered or does not load. */
    MODEL(4, "a model bundle is missing, altered or does not load"),
    /** Data is missing or malformed, a line of it could not be enriched, or training diverged. */
    DATA(5, "data is missing or malformed, some of it could not be enriched, or training failed"),
    /** Broker or registry cannot be reached or refuse, after retries. Starting again later may help. */
    INFRASTRUCTURE(6, "broker or registry cannot be reached or refuse, after retries; starting again may help"),
    /** A device no longer computes. Starting elsewhere may help. */
    DEVICE(7, "a device no longer computes; starting on another machine may help"),
    /** The stream has failed again and again and got no further. */
    NO_PROGRESS(8, "the stream fails again and again without progress, and neither broker nor registry is to blame"),
    /** A dead letter cannot be written, or not without loss where that is not allowed. */
    DEAD_LETTER_TOO_LARGE(9, "a dead letter cannot be written, or not whole where dead-letters.too-large is stop"),
    /** More records become dead letters than is allowed. */
    TOO_MANY_DEAD_LETTERS(
            10, "more records become dead letters than dead-letters.max-share, or than an error explains"),
    /** The heap is exhausted. A larger one may help. */
    OUT_OF_MEMORY(11, "the heap is exhausted; a larger one (-Xmx) may help"),
    /** A class or a native library is missing. */
    INSTALLATION(12, "a class or a native library is missing: the installation is incomplete"),
    /** The machine has no room or gives no access where Lexstream needs it. */
    LOCAL_RESOURCE(13, "open files, a temporary folder, a cache or a disk are exhausted or cannot be written to"),
    /** Ended by Ctrl-C (SIGINT). */
    INTERRUPTED(130, "ended by Ctrl-C; a pipeline has committed what was processed"),
    /** Ended by SIGTERM, as supervisors do. */
    TERMINATED(143, "ended by SIGTERM; a pipeline has committed what was processed");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The process's exit status. */
    public int code() {
        return code;
    }

    /** One line for the help text. */
    public String meaning() {
        return meaning;
    }
}
