package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {

    @ParameterizedTest
    @ValueSource(strings = {"auto", "cpu", "gpu", "gpu:0", "gpu:0,gpu:2"})
    void aSettingIsReadAndWrittenAlike(String text) {
        assertThat(Devices.parse(text)).hasToString(text);
    }

    @Test
    void autoTakesAllGpusElseTheCpu() {
        assertThat(Devices.AUTO.resolve(2, 3)).containsExactly(Device.gpu(0), Device.gpu(1));
        assertThat(Devices.AUTO.resolve(0, 3)).containsExactly(Device.cpu(), Device.cpu(), Device.cpu());
    }

    @Test
    void aGpuHasOneCopyAndTheCpuOneForEachWorker() {
        assertThat(Devices.parse("cpu").resolve(2, 2)).containsExactly(Device.cpu(), Device.cpu());
        assertThat(Devices.parse("gpu").resolve(2, 4)).containsExactly(Device.gpu(0), Device.gpu(1));
        assertThat(Devices.parse(" gpu:2, gpu:0").resolve(3, 4)).containsExactly(Device.gpu(0), Device.gpu(2));
    }

    @Test
    void everyPartThatIsNoDeviceIsNamed() {
        assertThatThrownBy(() -> Devices.parse("cuda:0,gpu:1,gpu:x,gpu:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'cuda:0' is no device, 'gpu:x' is no device, 'gpu:1' is named twice; allowed: auto, cpu, gpu,"
                                + " or GPUs by number, each once, such as gpu:0,gpu:2");
        assertThatThrownBy(() -> Devices.parse("")).hasMessageContaining("'' is no device");
        assertThatThrownBy(() -> Devices.parse("cpu,gpu:0")).hasMessageContaining("'cpu' is no device");
    }

    @Test
    void gpusThatAreNotThereAreNamedWithWhatIs() {
        assertThatThrownBy(() -> Devices.parse("gpu").resolve(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("device gpu asked for, PyTorch finds no GPU")
                .hasMessageContaining("to run on the CPU: cpu, or auto");
        assertThatThrownBy(() -> Devices.parse("gpu:0,gpu:4,gpu:7").resolve(2, 1))
                .hasMessageContaining(
                        "device gpu:4,gpu:7 asked for, PyTorch finds gpu:0,gpu:1; to run on all of them: gpu");
    }

    @Test
    void autoIsSinglePrecisionOnTheCpuAndHalfOnAGpu() {
        assertThat(Precision.AUTO.on(Device.cpu())).isEqualTo(Precision.FP32);
        assertThat(Precision.AUTO.on(Device.gpu(1))).isEqualTo(Precision.FP16);
        assertThat(Precision.BF16.on(Device.gpu(1))).isEqualTo(Precision.BF16);
    }

    @Test
    void aPrecisionThatTheDeviceLacksIsRefused() {
        assertThatThrownBy(() -> Precision.FP16.on(Device.cpu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fp16 is for GPUs");
        assertThatThrownBy(() -> Precision.INT8.on(Device.gpu(0)))
                .hasMessageContaining("int8 is for the CPU, the device is gpu(0)");
        assertThatThrownBy(() -> Precision.parse("fp8"))
                .hasMessage("'fp8' is no precision; allowed: auto, fp32, fp16, bf16, int8");
    }

    @Test
    void aPyTorchForTheCpuHasNoGpus() {
        TorchRuntime.allCores().start();
        assertThat(Devices.gpus()).isZero();
    }
}
