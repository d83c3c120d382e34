package dev.lexstream.cli;

/** Keeps the log out of commands whose broker is in this process: it logs each retry of its first transactions. */
final class QuietLog {

    private QuietLog() {}

    /** Must precede the first log message. */
    static void set() {
        System.setProperty("lexstream.log.kafka", "off");
        System.setProperty("lexstream.log.level", "warn");
    }
}
