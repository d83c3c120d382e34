package dev.lexstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineDefaults;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.model.Devices;
import dev.lexstream.model.Precision;
import dev.lexstream.plan.OnError;
import dev.lexstream.plan.StageInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known only once bundles are open and the devices counted is refused together. */
class StageModelsTest {

    private static final StageSettings TAG = new StageSettings("tag", "tagger-en");
    private static final StageSettings CLASSIFY = new StageSettings("classify", "classifier-en");

    @Test
    void eachLongestInputAboveTheBudgetAndAMissingGpuAreNamedTogether() throws Exception {
        StageModels models = StageModels.open(pipeline(Devices.parse("gpu:1"), Precision.AUTO, 8, TAG, CLASSIFY));
        int tag = models.bundles().get(0).manifest().longestInput();
        int classify = models.bundles().get(1).manifest().longestInput();

        List<ConfigProblem> problems = problems(models, 0);

        assertThat(problems)
                .extracting(ConfigProblem::toString)
                .startsWith(
                        "inference.max-batch-tokens: 8; allowed is " + tag + " or more, the longest input of stage tag",
                        "inference.max-batch-tokens: 8; allowed is " + classify
                                + " or more, the longest input of stage classify")
                .hasSize(3);
        assertThat(problems.get(2).where()).isEqualTo("inference.device");
        assertThat(problems.get(2).found()).isEqualTo("gpu:1");
        assertThat(problems.get(2).allowed()).contains("no GPU", "to run on the CPU: cpu, or auto");
    }

    @Test
    void aPrecisionThatTheDeviceLacksIsNamedWhereItWasSet() throws Exception {
        StageSettings half = new StageSettings(
                "half", "tagger-en", Optional.empty(), OnError.DEAD_LETTER, 0, Optional.of(Precision.FP16));
        StageModels models =
                StageModels.open(pipeline(Devices.parse("cpu"), Precision.FP16, 8192, TAG, half, CLASSIFY));

        List<ConfigProblem> problems = problems(models, 0);

        assertThat(problems)
                .extracting(ConfigProblem::where)
                .containsExactly("inference.precision", "stages[1].precision");
        assertThat(problems).allSatisfy(problem -> assertThat(problem.allowed()).contains("auto, fp32, bf16, int8"));
    }

    @Test
    void aPrecisionThatAnArchitectureLacksIsNamedWithWhateverElseDoesNotFit() throws Exception {
        StageSettings eight = new StageSettings(
                "eight", "tagger-en", Optional.empty(), OnError.DEAD_LETTER, 0, Optional.of(Precision.INT8));
        StageModels models = StageModels.open(pipeline(Devices.parse("cpu"), Precision.AUTO, 8, CLASSIFY, eight));

        List<ConfigProblem> problems = problems(models, 0);

        assertThat(problems)
                .extracting(ConfigProblem::where)
                .containsExactly("inference.max-batch-tokens", "inference.max-batch-tokens", "stages[1].precision");
        assertThat(problems.get(2).allowed()).contains("lstm_tagger has no int8 variant", "use auto, fp32 or bf16");
    }

    @Test
    void pairsForModelsOfOneTextAndTranslationsOfOtherStagesAreNamed() throws Exception {
        StageModels models = StageModels.open(pipeline(
                Devices.parse("cpu"),
                Precision.AUTO,
                8192,
                reading("tag", "tagger-en", StageInput.pair("text", "text")),
                reading("classify", "classifier-en", StageInput.pair("text", "text")),
                reading("again", "tagger-en", StageInput.translation("tag"))));

        assertThat(problems(models, 0))
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        "stages[0].input: a pair of texts; allowed is one text: the model is no classifier of pairs",
                        "stages[2].input: stages.tag.translation; allowed is a stage that translates; stage tag does not");
    }

    private static StageSettings reading(String name, String model, StageInput input) {
        return new StageSettings(
                name,
                model,
                Optional.of(input),
                Optional.empty(),
                Optional.empty(),
                OnError.DEAD_LETTER,
                0,
                Optional.empty());
    }

    @Test
    void whatFitsHasRunnersForEachStage() throws Exception {
        StageModels models = StageModels.open(pipeline(Devices.AUTO, Precision.AUTO, 8192, TAG, CLASSIFY));

        assertThat(models.onTorch(0)).hasSize(2);
    }

    private static List<ConfigProblem> problems(StageModels models, int gpus) {
        return catchThrowableOfType(ConfigurationException.class, () -> models.onTorch(gpus))
                .problems();
    }

    private static Pipeline pipeline(Devices device, Precision precision, int maxBatchTokens, StageSettings... stages) {
        return new Pipeline(
                "lexstream",
                Map.of("bootstrap.servers", "localhost:9092"),
                Map.of(),
                TopicSettings.existing("texts", "enriched", "dead"),
                Path.of(System.getProperty("lexstream.models")),
                new LanguageSettings(PipelineDefaults.LANGUAGES),
                List.of(stages),
                new InferenceSettings(
                        device, 1, 1, precision, 64, 65_536, maxBatchTokens, 64, Duration.ZERO, Duration.ofSeconds(5)));
    }
}
