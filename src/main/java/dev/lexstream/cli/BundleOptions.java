package dev.lexstream.cli;

import dev.lexstream.model.ModelManifest.DataSource;
import dev.lexstream.train.BundleInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import picocli.CommandLine.Option;

/** The options of every {@code lexstream train} command that say what bundle to write. */
final class BundleOptions {

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the bundle; an older bundle there is replaced.")
    private Path out;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the model. Default: the folder's name.")
    private String name;

    @Option(
            names = "--model-version",
            paramLabel = "VERSION",
            description = "Version of the model. Default: ${DEFAULT-VALUE}.")
    private String version = "1";

    @Option(
            names = "--language",
            paramLabel = "CODE",
            description = "Language of the texts (BCP 47). Default: ${DEFAULT-VALUE}.")
    private String language;

    @Option(
            names = "--data-source",
            paramLabel = "NAME=LICENCE",
            description = "What the data is, for the model card. May be repeated.")
    private Map<String, String> sources = Map.of();

    @Option(
            names = "--licence",
            paramLabel = "LICENCE",
            description = "Licence of the weights, for the model card. Default: ${DEFAULT-VALUE}.")
    private String licence = "unspecified";

    /** @param language the command's default */
    BundleOptions(String language) {
        this.language = language;
    }

    Path out() {
        return out;
    }

    BundleInfo info() {
        List<DataSource> data = sources.entrySet().stream()
                .map((Entry<String, String> source) -> new DataSource(source.getKey(), source.getValue()))
                .toList();
        String model =
                name == null ? out.toAbsolutePath().normalize().getFileName().toString() : name;
        return new BundleInfo(model, version, List.of(language), data, licence);
    }
}
