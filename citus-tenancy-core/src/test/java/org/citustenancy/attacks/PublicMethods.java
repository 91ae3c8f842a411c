package org.citustenancy.attacks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The public methods of the classes by which the library is used, as they are compiled. */
final class PublicMethods {

    private static final String ROOT = "org.citustenancy";

    /** Their methods that give another one of them do nothing yet. */
    private static final Set<String> REQUESTS =
            Set.of("ProjectRequest", "CopyRequest", "RestoreRequest", "ClusterStatistics", "ProjectStatistics");

    private PublicMethods() {}

    /** Those that may do something, such as {@code Project.cloneTo(String, UnaryOperator)}. */
    static Set<String> all() {
        return new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages(ROOT).stream()
                        .filter(type -> type.getPackageName().equals(ROOT))
                        .filter(PublicMethods::mayDoSomething)
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(method -> !completesRequest(method))
                        .map(PublicMethods::written)
                        .filter(method -> !method.endsWith(".toString()"))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean mayDoSomething(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.isRecord()
                && !type.isEnum()
                && !type.isInterface();
    }

    /** It gives a changed copy of what it is called on. */
    private static boolean completesRequest(JavaMethod method) {
        return REQUESTS.contains(method.getOwner().getSimpleName())
                && method.getRawReturnType().equals(method.getOwner());
    }

    private static String written(JavaMethod method) {
        return method.getOwner().getSimpleName() + "." + method.getName() + "("
                + method.getRawParameterTypes().stream()
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
