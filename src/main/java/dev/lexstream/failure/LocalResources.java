package dev.lexstream.failure;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a process needs of its machine besides memory: open files, threads, room and rights in the temporary folder and in
 * the cache of native libraries. Failures for want of them come from everywhere, wrapped in whatever was attempted, so they
 * are told by the operating system's words in any of the causes.
 */
public final class LocalResources {

    /** Fewer open files are not enough for the class path, the native libraries and a pipeline's connections. */
    public static final long FEWEST_FILES = 256;

    /** Fewer open files are not enough for a broker in this process: it has four open for each partition. */
    public static final long FEWEST_FILES_OF_BROKER = 1_000;

    /** Between a process's limit of open files and what it has open when one more could not be opened. */
    private static final long NEARLY = 4;

    private LocalResources() {}

    /**
     * What this machine lacks, when a failure is for want of it.
     *
     * @return one line: what is exhausted or cannot be written to, and what to do about it; empty for other failures
     */
    public static Optional<String> lacking(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 100; depth++) {
            Optional<String> lacking = one(cause);
            if (lacking.isPresent()) {
                return lacking;
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /**
     * What is lacking before anything is begun.
     *
     * @param files that must be allowed to be open at a time
     * @return one line, empty when the limit is high enough or unknown
     */
    public static Optional<String> lackingFiles(long files) {
        long limit = fileLimit();
        return limit > 0 && limit < files
                ? Optional.of(tooManyFiles(limit) + "; at least " + files + " are needed")
                : Optional.empty();
    }

    private static Optional<String> one(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("too many open files") || (failure instanceof LinkageError && noFileLeft())) {
            return Optional.of(tooManyFiles(fileLimit()));
        } else if (failure instanceof OutOfMemoryError && message.contains("native thread")) {
            return Optional.of(
                    "no more threads can be started: see ulimit -u and the limit of processes of the container");
        } else if (failure instanceof LinkageError && message.contains("failed to map segment")) {
            return Optional.of(
                    "native libraries cannot be run from where they are (a file system mounted noexec?): " + places());
        } else if (!(failure instanceof IOException || failure instanceof LinkageError)) {
            return Optional.empty();
        } else if (message.contains("no space left on device")) {
            return Optional.of("no space left on the device" + file(failure) + "; " + places());
        } else if (message.contains("quota exceeded")) {
            return Optional.of("the disk quota is exceeded" + file(failure) + "; " + places());
        } else if (message.contains("read-only file system")) {
            return Optional.of("a file system is read-only" + file(failure) + "; " + places());
        }
        return ownPlace(failure);
    }

    /** Rights and folders that are missing where only Lexstream itself writes; elsewhere they are about a user's file. */
    private static Optional<String> ownPlace(Throwable failure) {
        if (failure instanceof FileSystemException system && system.getFile() != null) {
            Path file = Path.of(system.getFile()).toAbsolutePath();
            boolean own = file.startsWith(temporary()) || file.startsWith(cache());
            if (own && failure instanceof AccessDeniedException) {
                return Optional.of("no right to write" + file(failure) + "; " + places());
            } else if (own && failure instanceof NoSuchFileException && !Files.isDirectory(temporary())) {
                return Optional.of("there is no folder for temporary files; " + places());
            }
        }
        boolean temporaryFile = failure instanceof IOException
                && !(failure instanceof FileSystemException)
                && List.of("Permission denied", "No such file or directory")
                        .contains(String.valueOf(failure.getMessage()));
        if (temporaryFile && !Files.isWritable(temporary())) {
            return Optional.of("the folder for temporary files cannot be written to; " + places());
        }
        return Optional.empty();
    }

    private static String file(Throwable failure) {
        return failure instanceof FileSystemException system && system.getFile() != null
                ? " of " + system.getFile()
                : "";
    }

    private static String places() {
        return "Lexstream writes to " + temporary() + " (java.io.tmpdir) and to " + cache() + " (DJL_CACHE_DIR)";
    }

    private static Path temporary() {
        return path(System.getProperty("java.io.tmpdir", "/tmp"));
    }

    /** Where DJL looks for native libraries and unpacks them to. */
    private static Path cache() {
        List<String> candidates = new ArrayList<>();
        candidates.add(System.getProperty("DJL_CACHE_DIR"));
        candidates.add(System.getenv("DJL_CACHE_DIR"));
        return candidates.stream()
                .filter(folder -> folder != null && !folder.isEmpty())
                .findFirst()
                .map(LocalResources::path)
                .orElseGet(() -> path(System.getProperty("user.home", ".")).resolve(".djl.ai"));
    }

    private static Path path(String folder) {
        try {
            return Path.of(folder).toAbsolutePath();
        } catch (InvalidPathException e) {
            return Path.of("").toAbsolutePath();
        }
    }

    private static String tooManyFiles(long limit) {
        return "too many open files: the limit is " + (limit > 0 ? limit : "unknown") + " (ulimit -n)";
    }

    private static boolean noFileLeft() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                && unix.getMaxFileDescriptorCount() > 0
                && unix.getOpenFileDescriptorCount() > unix.getMaxFileDescriptorCount() - NEARLY;
    }

    /** Not positive where the platform does not tell. */
    private static long fileLimit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : 0;
    }
}
