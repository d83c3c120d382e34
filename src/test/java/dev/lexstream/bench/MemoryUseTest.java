package dev.lexstream.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
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
        long before = MemoryUse.afterCollection().resident();
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < BUFFERS; i++) {
            buffers.add(ByteBuffer.allocateDirect(BUFFER));
        }
        assertThat(MemoryUse.afterCollection().resident() - before).isGreaterThan(BYTES * 9 / 10);

        // above the others, so that the C library does not free them by itself
        ByteBuffer last = buffers.get(BUFFERS - 1);
        buffers.clear();
        LongSupplier grown = () -> MemoryUse.afterCollection().resident() - before;
        assertThat(lowest(grown, BYTES / 4)).isLessThan(BYTES / 4);
        assertThat(last.capacity()).isEqualTo(BUFFER);
    }

    /** Freeing takes until after a collection. */
    private static long lowest(LongSupplier bytes, long enough) {
        long lowest = bytes.getAsLong();
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (lowest >= enough && System.nanoTime() < end) {
            lowest = Math.min(lowest, bytes.getAsLong());
        }
        return lowest;
    }
}
