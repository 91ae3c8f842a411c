package org.citustenancy.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.citustenancy.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "org.citustenancy.spring", importOptions = DoNotIncludeTests.class)
class SpringArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule actuator_is_optional = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.citustenancy.spring.internal.health..", "org.citustenancy.spring.internal.endpoint..")
            .and()
            .haveSimpleNameNotStartingWith("ProjectHealthAutoConfiguration")
            .and()
            .haveSimpleNameNotStartingWith("ProjectEndpointAutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.boot.health..", "org.springframework.boot.actuate..");

    @ArchTest
    static final ArchRule flyway_is_optional = noClasses()
            .that()
            .resideOutsideOfPackage("org.citustenancy.spring.internal.flyway..")
            .and()
            .haveSimpleNameNotStartingWith("ProjectFlywayAutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.flywaydb..", "org.springframework.boot.flyway..");

    @ArchTest
    static final ArchRule liquibase_is_optional = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.citustenancy.spring.internal.liquibase..", "org.citustenancy.spring.liquibase..")
            .and()
            .haveSimpleNameNotStartingWith("ProjectLiquibaseAutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("liquibase..", "org.springframework.boot.liquibase..");

    @ArchTest
    static final ArchRule jooq_is_optional = noClasses()
            .that()
            .resideOutsideOfPackage("org.citustenancy.spring.internal.jooq..")
            .and()
            .haveSimpleNameNotStartingWith("ProjectJooqAutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jooq..", "org.springframework.boot.jooq..");

    @ArchTest
    static final ArchRule micrometer_is_optional = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.citustenancy.spring.internal.metrics..", "org.citustenancy.spring.internal.propagation..")
            .and()
            .haveSimpleNameNotStartingWith("ProjectMetricsAutoConfiguration")
            .and()
            .haveSimpleNameNotStartingWith("ProjectPropagationAutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule jpa_is_optional = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.citustenancy.spring.internal.jpa..",
                    "org.citustenancy.spring.internal.hibernate..",
                    "org.citustenancy.spring.internal.factories..")
            .and()
            .haveNameNotMatching(".*\\.ProjectJpaAutoConfiguration.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.springframework.orm..", "org.springframework.boot.jpa..");

    @ArchTest
    static final ArchRule hibernate_is_optional = noClasses()
            .that()
            .resideOutsideOfPackage("org.citustenancy.spring.internal.hibernate..")
            .and()
            .haveNameNotMatching(".*\\.ProjectJpaAutoConfiguration.*")
            .and()
            .haveSimpleNameNotStartingWith("SchemaDefault")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "org.springframework.boot.hibernate..");

    @ArchTest
    static final ArchRule servlets_and_security_are_optional = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.citustenancy.spring.internal.requests..", "org.citustenancy.spring.requests..")
            .and()
            .haveSimpleNameNotStartingWith("ProjectRequestAutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.servlet..", "org.springframework.web..", "org.springframework.security..");

    @ArchTest
    static final ArchRule containers_are_optional = noClasses()
            .that()
            .resideOutsideOfPackage("org.citustenancy.spring.internal.containers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.testcontainers..",
                    "org.springframework.boot.testcontainers..",
                    "org.springframework.boot.docker..");

    @ArchTest
    static final ArchRule only_spring_boot_uses_the_configurations = noClasses()
            .that()
            .resideOutsideOfPackage("org.citustenancy.spring.autoconfigure..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.citustenancy.spring.autoconfigure..");
}
