package dev.sluice.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows between modules and inside services, as ARCHITECTURE.md draws them.
@AnalyzeClasses(
        packages = "dev.sluice",
        importOptions = {
            ImportOption.DoNotIncludeTests.class,
            ArchitectureTest.DoNotIncludeTestJars.class
        })
class ArchitectureTest {

    /// What modules lend one another for their tests.
    static final class DoNotIncludeTestJars implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String[] SERVICES = {
        "dev.sluice.collector..",
        "dev.sluice.validator..",
        "dev.sluice.enricher..",
        "dev.sluice.loader..",
        "dev.sluice.gdpr..",
    };

    @ArchTest
    static final ArchRule contractsKnowNothingOfOurs =
            noClasses()
                    .that()
                    .resideInAPackage("dev.sluice.contracts..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.sluice.runtime..",
                            "dev.sluice.local..",
                            "dev.sluice.fleet..",
                            "dev.sluice.cli..",
                            "dev.sluice.collector..",
                            "dev.sluice.validator..",
                            "dev.sluice.enricher..",
                            "dev.sluice.loader..",
                            "dev.sluice.gdpr..");

    @ArchTest
    static final ArchRule contractsKnowNoCloudNoSpringNoThreads =
            noClasses()
                    .that()
                    .resideInAPackage("dev.sluice.contracts..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "software.amazon..", "org.springframework..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule runtimeKnowsNoEvents =
            noClasses()
                    .that()
                    .resideInAPackage("dev.sluice.runtime..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.sluice.contracts..",
                            "dev.sluice.local..",
                            "dev.sluice.collector..",
                            "dev.sluice.validator..",
                            "dev.sluice.enricher..",
                            "dev.sluice.loader..",
                            "dev.sluice.gdpr..");

    @ArchTest
    static final ArchRule localAwsKnowsNothingOfOurs =
            noClasses()
                    .that()
                    .resideInAPackage("dev.sluice.local..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.sluice.contracts..",
                            "dev.sluice.runtime..",
                            "dev.sluice.collector..",
                            "dev.sluice.validator..",
                            "dev.sluice.enricher..",
                            "dev.sluice.loader..",
                            "dev.sluice.gdpr..");

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther =
            slices().matching("dev.sluice.(collector|validator|enricher|loader|gdpr)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule servicesDoNotKnowTheLocalCloud =
            noClasses()
                    .that()
                    .resideInAnyPackage(SERVICES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.sluice.local..");

    @ArchTest
    static final ArchRule processIsPure =
            noClasses()
                    .that()
                    .resideInAPackage("..process..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "software.amazon..",
                            "org.springframework..",
                            "java.sql..",
                            "javax.sql..",
                            "java.net.http..",
                            "jakarta.servlet..");

    @ArchTest
    static final ArchRule springIsSeenOnlyWhereThingsAreAssembledOrHttpComesIn =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.sluice..")
                    .and()
                    .resideOutsideOfPackages(
                            "..config..", "..ingress..", "..fleet..", "..warehouse..")
                    .and()
                    .haveSimpleNameNotEndingWith("Application")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule nobodyReadsTheClockOfTheMachineInProcess =
            noClasses()
                    .that()
                    .resideInAPackage("..process..")
                    .should()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule onlyTheCommandLineWritesToStandardOutput =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.sluice.cli..")
                    .and()
                    .haveSimpleNameNotEndingWith("Main")
                    .should()
                    .accessField(System.class, "out");

    @ArchTest
    static final ArchRule pipelinesAreOnePerService =
            classes()
                    .that()
                    .haveSimpleNameEndingWith("Pipeline")
                    .should()
                    .resideInAnyPackage(SERVICES);
}
