package dev.lexstream.app;

/** How the process ends. The numbers are API: scripts and supervisors rely on them. */
public enum ExitCode {
    /** All went well. */
    OK(0, "all went well"),
    /** A defect of Lexstream: please report it. */
    INTERNAL(1, "an error that Lexstream has no name for"),
    /** The command line is wrong. */
    USAGE(2, "the command line is wrong"),
    /** The pipeline file is missing or wrong. */
    CONFIGURATION(3, "the pipeline file is missing or wrong, or names topics that do not exist"),
    /** A model bundle is missing, altered or does not load. */
    MODEL(4, "a model bundle is missing, altered or does not load"),
    /** Training or evaluation data is missing or malformed, or training diverged. */
    DATA(5, "training or evaluation data is missing or malformed, or training failed"),
    /** Broker or registry cannot be reached or refuse, after retries. Starting again later may help. */
    INFRASTRUCTURE(6, "broker or registry cannot be reached or refuse, after retries; starting again may help"),
    /** A device no longer computes. Starting elsewhere may help. */
    DEVICE(7, "a device no longer computes; starting on another machine may help"),
    /** Ended by a signal before its work was done. */
    INTERRUPTED(130, "ended by a signal before its work was done");

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
