package org.citustenancy.reports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.citustenancy.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "org.citustenancy.reports", importOptions = DoNotIncludeTests.class)
class ReportsArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule reports_ask_no_server = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.citustenancy", "java.sql..", "javax.sql..")
            .because("reports are made of figures that the caller has");
}
