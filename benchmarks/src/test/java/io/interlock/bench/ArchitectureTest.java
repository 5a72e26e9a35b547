package io.interlock.bench;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages of the benchmarks, and to the library, held by a test. */
@AnalyzeClasses(packages = "io.interlock", importOptions = ArchitectureTest.MainSources.class)
final class ArchitectureTest {

    private static final String BENCH = "io.interlock.bench..";
    private static final String MEASURE = "io.interlock.bench.measure..";
    private static final String PEER = "io.interlock.bench.peer..";
    private static final String REPORT = "io.interlock.bench.report..";
    private static final String WORK = "io.interlock.bench.work..";

    @ArchTest
    static final ArchRule measureKnowsNoOtherPackage = onlyKnows(MEASURE, MEASURE);

    @ArchTest
    static final ArchRule peerKnowsMeasure = onlyKnows(PEER, PEER, MEASURE);

    @ArchTest
    static final ArchRule reportKnowsMeasure = onlyKnows(REPORT, REPORT, MEASURE);

    @ArchTest
    static final ArchRule workKnowsPeerAndMeasure = onlyKnows(WORK, WORK, PEER, MEASURE);

    /** How it is measured does not depend on what. */
    @ArchTest
    static final ArchRule onlyWorkKnowsTheLibrary =
            noClasses().that(resideInAPackage(BENCH).and(not(resideInAPackage(WORK)))).should().dependOnClassesThat(
                    resideInAPackage("io.interlock..").and(not(resideInAPackage(BENCH))));

    @ArchTest
    static final ArchRule nobodyElseKnowsTheBenchmarks = noClasses().that(not(resideInAPackage(BENCH))).should()
            .dependOnClassesThat().resideInAPackage(BENCH);

    /** Of the benchmarks; JMH, the library and whatever else are not meant. */
    private static ArchRule onlyKnows(String who, String... known) {
        return noClasses().that().resideInAPackage(who).should().dependOnClassesThat(
                resideInAPackage(BENCH).and(not(resideInAnyPackage(known))));
    }

    /** Neither our test classes nor the test jars of the modules below. */
    static final class MainSources implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }
}
