package dev.lexstream.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MemoryUseTest {

    /** Small enough that the C library keeps them together. */
    private static final int BUFFER = 64 << 10;

    private static final int BUFFERS = 3200;
    private static final long BYTES = (long) BUFFERS * BUFFER;

    @Test
    @EnabledOnOs(OS.LINUX)
    void freedNativeMemoryDoesNotCountAsResident() {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < BUFFERS; i++) {
            buffers.add(ByteBuffer.allocateDirect(BUFFER));
        }
        long inUse = MemoryUse.afterCollection().resident();

        // above the others, so that the C library does not give them back by itself
        ByteBuffer last = buffers.get(BUFFERS - 1);
        buffers.clear();
        assertThat(lowest(inUse - BYTES / 2)).isLessThan(inUse - BYTES / 2);
        assertThat(last.capacity()).isEqualTo(BUFFER);
    }

    /** Buffers are freed some time after a collection. */
    private static long lowest(long enough) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        long lowest = Long.MAX_VALUE;
        while (lowest >= enough && System.nanoTime() < end) {
            lowest = Math.min(lowest, MemoryUse.afterCollection().resident());
        }
        return lowest;
    }
}
