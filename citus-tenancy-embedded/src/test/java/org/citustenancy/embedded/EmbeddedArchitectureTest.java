package org.citustenancy.embedded;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import org.citustenancy.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "org.citustenancy.embedded", importOptions = DoNotIncludeTests.class)
class EmbeddedArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);
}
