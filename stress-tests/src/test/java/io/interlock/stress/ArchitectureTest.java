package io.interlock.stress;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the design, held by a test: modules depend one way, and only one package knows the machine. */
@AnalyzeClasses(packages = "io.interlock", importOptions = ArchitectureTest.MainSources.class)
final class ArchitectureTest {

    private static final String CORE = "io.interlock.core..";
    private static final String SYNC = "io.interlock.sync..";
    private static final String MEMORY = "io.interlock.memory..";
    private static final String JOURNAL = "io.interlock.journal..";
    private static final String STORE = "io.interlock.journal.store..";
    private static final String EXAMPLES = "io.interlock.examples..";
    private static final String STRESS = "io.interlock.stress..";
    private static final String PLATFORM = "io.interlock.core.platform..";
    private static final String JNA = "com.sun.jna..";
    private static final String AGRONA = "org.agrona..";

    /** core, sync, memory, journal, examples, stress: each knows those before it and none after it. */
    @ArchTest
    static final ArchRule modulesDependOneWay = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("core").definedBy(CORE).layer("sync").definedBy(SYNC).layer("memory").definedBy(MEMORY)
            .layer("journal").definedBy(JOURNAL).layer("examples").definedBy(EXAMPLES).layer("stress")
            .definedBy(STRESS)
            .whereLayer("sync").mayOnlyBeAccessedByLayers("memory", "journal", "examples", "stress")
            .whereLayer("memory").mayOnlyBeAccessedByLayers("journal", "examples", "stress")
            .whereLayer("journal").mayOnlyBeAccessedByLayers("examples", "stress")
            .whereLayer("examples").mayOnlyBeAccessedByLayers("stress")
            .whereLayer("stress").mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule thereAreNoOtherModules =
            classes().should().resideInAnyPackage(CORE, SYNC, MEMORY, JOURNAL, EXAMPLES, STRESS);

    @ArchTest
    static final ArchRule onlyPlatformKnowsTheMachine =
            noClasses().that(not(resideInAPackage(PLATFORM))).should().dependOnClassesThat(
                    resideInAnyPackage(JNA, AGRONA).and(not(agronaViews())));

    /** The interfaces through which users of Agrona see our memory: they load without any flag. */
    private static DescribedPredicate<JavaClass> agronaViews() {
        return simpleName("DirectBuffer").or(simpleName("MutableDirectBuffer"));
    }

    @ArchTest
    static final ArchRule algorithmsKnowThePortsOnly = classes().that().resideInAPackage("io.interlock.core.robust..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("io.interlock.core.robust..",
                    "io.interlock.core.port..", "io.interlock.core.format..", "java..");

    @ArchTest
    static final ArchRule portsKnowNoImplementation = noClasses().that().resideInAnyPackage("io.interlock.core.port..",
            "io.interlock.core.format..", "io.interlock.core.layout..").should().dependOnClassesThat()
            .resideInAnyPackage(PLATFORM, "io.interlock.core.attach..", "io.interlock.core.object..");

    @ArchTest
    static final ArchRule primitivesDoNotKnowThePlatform = noClasses().that(resideInAnyPackage(SYNC, MEMORY, JOURNAL))
            .should()
            .dependOnClassesThat(resideInAnyPackage(PLATFORM, JNA, AGRONA).and(not(agronaViews())));

    @ArchTest
    static final ArchRule theLibraryDoesNotKnowItsTools = noClasses().that(resideInAnyPackage(CORE, SYNC, MEMORY,
            JOURNAL))
            .should().dependOnClassesThat().resideInAnyPackage("picocli..", "org.openjdk.jcstress..", EXAMPLES, STRESS);

    @ArchTest
    static final ArchRule onlyTheStoreKnowsChronicle = noClasses().that(not(resideInAPackage(STORE))).should()
            .dependOnClassesThat().resideInAPackage("net.openhft..");

    @ArchTest
    static final ArchRule theStoreKnowsNoJournal = noClasses().that().resideInAPackage(STORE).should()
            .dependOnClassesThat().resideInAPackage("io.interlock.journal");

    /** The ring does not know what is built on it. */
    @ArchTest
    static final ArchRule theRingKnowsNoQueue = noClasses().that().resideInAPackage("io.interlock.memory.ring..")
            .should().dependOnClassesThat().resideInAPackage("io.interlock.memory");

    /** Neither our test classes nor the test jars of the modules below. */
    static final class MainSources implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }
}
