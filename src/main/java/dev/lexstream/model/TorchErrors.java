package dev.lexstream.model;

import ai.djl.engine.EngineException;
import java.util.List;
import java.util.Locale;

/** What PyTorch's errors mean; it tells them apart by their text only. */
public final class TorchErrors {

    /** Of the allocators for CUDA and for the CPU, and of the libraries that ask them for memory of their own. */
    private static final List<String> OUT_OF_MEMORY = List.of(
            "out of memory", "can't allocate memory", "cublas_status_alloc_failed", "cudnn_status_alloc_failed");

    private TorchErrors() {}

    /** Whether a device had too little memory for what it was asked. */
    public static boolean outOfMemory(EngineException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return OUT_OF_MEMORY.stream().anyMatch(message::contains);
    }
}
