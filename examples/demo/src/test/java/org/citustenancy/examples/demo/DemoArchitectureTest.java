package org.citustenancy.examples.demo;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import org.citustenancy.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "org.citustenancy.examples.demo", importOptions = DoNotIncludeTests.class)
class DemoArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);
}
