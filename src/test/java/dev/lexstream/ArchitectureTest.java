package dev.lexstream;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ai.djl.Device;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;

/** Texts flow through the rooms in one direction, and imports follow them. */
@AnalyzeClasses(packages = "dev.lexstream", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** From the outside in: a room may use those after it. */
    private static final List<String> ROOMS = List.of(
            "cli",
            "bench",
            "app",
            "local",
            "stream",
            "codec",
            "avro",
            "config",
            "registry",
            "plan",
            "event",
            "train",
            "inference",
            "nlp",
            "model",
            "torchscript",
            "failure");

    private static final String CONFLUENT = "org.apache.flink..";

    @ArchTest
    static final ArchRule importsPointDownTheListOfRooms = rooms();

    @ArchTest
    static final ArchRule thereAreNoCycles = SlicesRuleDefinition.slices()
            .matching("dev.lexstream.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule fromThePlanDownNobodyKnowsKafkaOrAvro = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.lexstream.plan..",
                    "dev.lexstream.event..",
                    "dev.lexstream.train..",
                    "dev.lexstream.inference..",
                    "dev.lexstream.nlp..",
                    "dev.lexstream.model..",
                    "dev.lexstream.torchscript..",
                    "dev.lexstream.failure..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", CONFLUENT);

    @ArchTest
    static final ArchRule generatedClassesAreForCodecsAndForReadersOfTheOutput = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.lexstream.avro..", "dev.lexstream.codec..", "dev.lexstream.local..", "dev.lexstream.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.lexstream.avro..");

    @ArchTest
    static final ArchRule onlyTheRegistriesKnowTheConfluentClient = noClasses()
            .that()
            .resideOutsideOfPackages("dev.lexstream.registry..", "dev.lexstream.local..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CONFLUENT);

    @ArchTest
    static final ArchRule onlyConditionsKnowTheLanguageTheyAreWrittenIn = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lexstream.plan.condition..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.cel..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule plansDoNotKnowHowConditionsAreWritten = noClasses()
            .that()
            .resideInAPackage("dev.lexstream.plan")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.lexstream.plan.condition..");

    @ArchTest
    static final ArchRule devicesAreNamedInOnePlace = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.lexstream.model.Devices")
            .should()
            .callMethodWhere(describe(
                    "it is a factory of Device",
                    call -> call.getTargetOwner().isEquivalentTo(Device.class)
                            && call.getTarget().getRawReturnType().isEquivalentTo(Device.class)));

    @ArchTest
    static final ArchRule torchScriptIsWrittenWithoutDjl = noClasses()
            .that()
            .resideInAPackage("dev.lexstream.torchscript..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    private static ArchRule rooms() {
        Architectures.LayeredArchitecture layers =
                Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String room : ROOMS) {
            layers = layers.layer(room).definedBy("dev.lexstream." + room + "..");
        }
        for (int i = 0; i < ROOMS.size(); i++) {
            layers = i == 0
                    ? layers.whereLayer(ROOMS.get(i)).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(ROOMS.get(i))
                            .mayOnlyBeAccessedByLayers(ROOMS.subList(0, i).toArray(String[]::new));
        }
        return layers;
    }
}
