package org.citustenancy.examples.spring;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import org.citustenancy.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "org.citustenancy.examples.spring", importOptions = DoNotIncludeTests.class)
class SpringExampleArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);
}
