package org.citustenancy.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.citustenancy.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "org.citustenancy.test", importOptions = DoNotIncludeTests.class)
class TestModuleArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule only_the_sql_package_builds_sql = noClasses()
            .that()
            .resideOutsideOfPackage("org.citustenancy.test.internal.sql..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.citustenancy.internal.shaded.jooq.impl.DSL")
            .because("statements are built in one package");

    @ArchTest
    static final ArchRule only_code_for_test_frameworks_uses_junit = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.citustenancy.test.junit..",
                    "org.citustenancy.test.internal.handover..",
                    "org.citustenancy.test.internal.spring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "org.opentest4j..");

    @ArchTest
    static final ArchRule assertj_is_optional = noClasses()
            .that()
            .resideOutsideOfPackage("org.citustenancy.test.assertj..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.assertj..");

    @ArchTest
    static final ArchRule jooq_of_the_application_is_optional = noClasses()
            .that()
            .resideOutsideOfPackage("org.citustenancy.test.jooq..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jooq..");
}
