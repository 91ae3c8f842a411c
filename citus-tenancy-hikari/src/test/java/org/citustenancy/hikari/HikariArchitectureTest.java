package org.citustenancy.hikari;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.citustenancy.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "org.citustenancy.hikari", importOptions = DoNotIncludeTests.class)
class HikariArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule only_the_sql_package_builds_sql = noClasses()
            .that()
            .resideOutsideOfPackage("org.citustenancy.hikari.internal.sql..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.citustenancy.internal.shaded.jooq.impl.DSL")
            .because("statements are built in one package");

    @ArchTest
    static final ArchRule micrometer_is_optional = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.citustenancy.hikari.metrics.MicrometerMetrics")
            .and()
            .doNotHaveFullyQualifiedName("org.citustenancy.hikari.metrics.MicrometerMetrics$TaggedMeters")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule one_class_uses_what_hikari_does_not_declare_as_api = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.citustenancy.hikari.internal.connections.ServedPool")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.zaxxer.hikari.pool..", "com.zaxxer.hikari.util..")
            .because("applications may have another version of HikariCP");

    @ArchTest
    static final ArchRule jooq_of_the_application_is_optional = noClasses()
            .that()
            .resideOutsideOfPackage("org.citustenancy.hikari.jooq..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jooq..");
}
