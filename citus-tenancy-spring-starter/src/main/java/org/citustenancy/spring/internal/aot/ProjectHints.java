package org.citustenancy.spring.internal.aot;

import java.lang.reflect.Method;
import java.sql.Connection;
import org.citustenancy.spring.OfProject;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ReflectionUtils;

/**
 * The method by which Spring makes a password of a property's text, the annotation by which projects are injected, and the
 * stand-in for a connection that the server refuses. What the properties are bound to, Spring Boot finds by itself.
 */
public final class ProjectHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classes) {
        Method ofText = ReflectionUtils.findMethod(Secret.class, "of", String.class);
        if (ofText != null) {
            hints.reflection().registerMethod(ofText, ExecutableMode.INVOKE);
        }
        hints.reflection().registerType(OfProject.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        hints.proxies().registerJdkProxy(Connection.class);
    }
}
