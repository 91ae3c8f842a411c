package org.citustenancy.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * The rules that every module keeps. A module states them for itself with one test class:
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "org.citustenancy.embedded", importOptions = DoNotIncludeTests.class)
 * class EmbeddedArchitectureTest {
 *     @ArchTest
 *     static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);
 * }
 * }</pre>
 */
public final class ArchitectureRules {

    /** The entrance of a module is a package too. */
    @ArchTest
    static final ArchRule packages_form_no_cycles =
            slices().matching("org.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule internal_packages_belong_to_their_module = classes().should(new KeepToOwnInternalPackages());

    @ArchTest
    static final ArchRule every_package_has_a_null_marked_package_info = classes()
            .that(describe(
                    "are not package-info",
                    javaClass -> !javaClass.getSimpleName().equals("package-info")))
            .should()
            .resideInAnyPackage("org.citustenancy..")
            .andShould(new LiveInNullMarkedPackage());

    @ArchTest
    static final ArchRule class_names_avoid_meaningless_suffixes = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl)$")
            .because("such a name does not say what the class does");

    @ArchTest
    static final ArchRule no_class_prints = noClasses()
            .that(resideOutsideOfPackage("org.citustenancy.examples.."))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            // The examples, which may print, have no class that this is about.
            .allowEmptyShould(true);

    private ArchitectureRules() {}

    private static final class LiveInNullMarkedPackage extends ArchCondition<JavaClass> {

        LiveInNullMarkedPackage() {
            super("live in a package whose package-info is @NullMarked");
        }

        @Override
        public void check(JavaClass javaClass, ConditionEvents events) {
            boolean marked = javaClass.getPackage().isAnnotatedWith(NullMarked.class);
            events.add(new SimpleConditionEvent(
                    javaClass, marked, javaClass.getName() + " lives in a package without @NullMarked package-info"));
        }
    }

    private static final class KeepToOwnInternalPackages extends ArchCondition<JavaClass> {

        /** What all modules use, and no user of theirs. */
        private static final String SHADED = "org.citustenancy.internal.shaded.";

        private static final Set<String> MODULE_ROOTS =
                Set.of("embedded", "reports", "hikari", "spring", "test", "examples");

        KeepToOwnInternalPackages() {
            super("use no internal package of another module");
        }

        @Override
        public void check(JavaClass javaClass, ConditionEvents events) {
            for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                if (!target.getPackageName().startsWith(SHADED)
                        && target.getPackageName().matches("org\\.citustenancy\\.(.*\\.)?internal(\\..*)?")
                        && !module(target).equals(module(javaClass))) {
                    events.add(SimpleConditionEvent.violated(javaClass, dependency.getDescription()));
                }
            }
        }

        /** The core module owns every package that no other module claims. */
        private static String module(JavaClass javaClass) {
            String[] segments = javaClass.getPackageName().split("\\.", -1);
            return segments.length > 2 && MODULE_ROOTS.contains(segments[2]) ? segments[2] : "core";
        }
    }
}
