package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that PyTorch really makes, and those of a GPU by their texts. */
class TorchErrorsTest {

    private static final long MORE_THAN_ANY_MACHINE_HAS = 1L << 46;

    @BeforeAll
    static void start() {
        TorchRuntime.allCores().start();
    }

    @Test
    void whatDoesNotFitTheMachineIsOutOfMemory() {
        try (NDManager manager = NDManager.newBaseManager(Devices.cpu(), TorchRuntime.ENGINE)) {
            EngineException failure = catchThrowableOfType(
                    EngineException.class, () -> manager.zeros(new Shape(MORE_THAN_ANY_MACHINE_HAS), DataType.FLOAT32));
            assertThat(TorchErrors.outOfMemory(failure))
                    .as(failure.getMessage())
                    .isTrue();
        }
    }

    @Test
    void otherErrorsAreNot() {
        try (NDManager manager = NDManager.newBaseManager(Devices.cpu(), TorchRuntime.ENGINE)) {
            EngineException failure = catchThrowableOfType(
                    EngineException.class, () -> manager.ones(new Shape(2, 3)).matMul(manager.ones(new Shape(2, 3))));
            assertThat(TorchErrors.outOfMemory(failure))
                    .as(failure.getMessage())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 79.10 GiB total capacity)",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                "cuDNN error: CUDNN_STATUS_ALLOC_FAILED"
            })
    void allocatorsOfAGpuAreUnderstood(String message) {
        assertThat(TorchErrors.outOfMemory(new EngineException(message))).isTrue();
    }
}
