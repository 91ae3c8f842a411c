package org.citustenancy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Driver;
import java.sql.DriverManager;
import javax.sql.DataSource;
import org.citustenancy.architecture.ArchitectureRules;

@AnalyzeClasses(
        packages = "org.citustenancy",
        importOptions = {DoNotIncludeTests.class, CoreArchitectureTest.ThisModule.class})
class CoreArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule only_the_sql_package_builds_sql = noClasses()
            .that()
            .resideOutsideOfPackages("org.citustenancy.internal.sql..", "org.citustenancy.internal.session..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.citustenancy.internal.shaded.jooq.impl.DSL")
            .because("statements are built in one package");

    @ArchTest
    static final ArchRule the_sql_package_executes_no_statement = noClasses()
            .that()
            .resideInAPackage("org.citustenancy.internal.sql..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.citustenancy.internal.session..");

    @ArchTest
    static final ArchRule only_the_connector_opens_connections = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.citustenancy.internal.session.Connector")
            .should()
            .callMethodWhere(opensAConnection())
            .because("sessions in a project's database must start with settings that its users cannot influence");

    private static DescribedPredicate<JavaCall<?>> opensAConnection() {
        return DescribedPredicate.describe("a connection is opened", call -> {
            JavaClass owner = call.getTargetOwner();
            return switch (call.getName()) {
                case "connect" -> owner.isAssignableTo(Driver.class);
                case "getConnection" ->
                    owner.isAssignableTo(DriverManager.class) || owner.isAssignableTo(DataSource.class);
                default -> false;
            };
        });
    }

    /** The embedded cluster lies below the same root package. */
    static final class ThisModule implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/embedded/")
                    && !location.contains("citus-tenancy-embedded")
                    && !location.contains("/internal/shaded/");
        }
    }
}
