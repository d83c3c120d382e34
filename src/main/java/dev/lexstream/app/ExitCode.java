package dev.lexstream.app;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.inference.DeviceLostException;
import dev.lexstream.local.PortInUseException;
import dev.lexstream.model.BundleException;
import dev.lexstream.registry.RegistryUnavailableException;
import dev.lexstream.registry.SchemaRejectedException;
import dev.lexstream.stream.ResultUnavailableException;
import dev.lexstream.train.TrainingException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.StreamsException;

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
    /** Training or evaluation data is missing or malformed, or training diverged. */
    DATA(5, "training or evaluation data is missing or malformed, or training failed"),
    /** Broker or registry cannot be reached or refuse, after retries. Starting again later may help. */
    INFRASTRUCTURE(6, "broker or registry cannot be reached or refuse, after retries; starting again may help"),
    /** A device no longer computes. Starting elsewhere may help. */
    DEVICE(7, "a device no longer computes; starting on another machine may help"),
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

    /** What a failure means for the process: the first known cause decides, below what Kafka Streams wraps around it. */
    public static ExitCode of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamsException && cause.getCause() != null) {
                continue; // every failure of a stream thread is one, and a KafkaException
            }
            if (cause instanceof ConfigurationException
                    || cause instanceof SchemaRejectedException
                    || cause instanceof PortInUseException) {
                return CONFIGURATION;
            } else if (cause instanceof BundleException) {
                return MODEL;
            } else if (cause instanceof TrainingException) {
                return DATA;
            } else if (cause instanceof DeviceLostException || cause instanceof ResultUnavailableException) {
                return DEVICE;
            } else if (cause instanceof KafkaException || cause instanceof RegistryUnavailableException) {
                return INFRASTRUCTURE;
            }
        }
        return INTERNAL;
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
